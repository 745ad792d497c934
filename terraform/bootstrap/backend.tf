# The bucket is made and named by terraform/bootstrap/run.
terraform {
  backend "gcs" {
    prefix = "bootstrap"
  }
}
