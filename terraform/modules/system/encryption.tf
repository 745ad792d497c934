module "encryption" {
  source         = "../encryption"
  project_number = data.google_project.default.number
  kms_key        = var.kms_key
}
