# The bucket is named by terraform/bootstrap/run, which makes it.
terraform {
  backend "gcs" {
    prefix = "environments/production"
  }
}
