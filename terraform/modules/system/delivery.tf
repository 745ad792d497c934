locals {
  # Made by terraform/bootstrap, under these names.
  bootstrap = {
    registry     = "twofold"
    sbom_bucket  = "${var.project_id}-sbom"
    state_bucket = "${var.project_id}-terraform"
  }
}

module "build" {
  source       = "../build"
  project_id   = var.project_id
  region       = var.region
  environment  = var.environment
  registry     = local.bootstrap.registry
  sbom_bucket  = local.bootstrap.sbom_bucket
  state_bucket = local.bootstrap.state_bucket
  repository   = var.repository
  base_image   = var.base_image
  approvers    = var.approvers
  kms_key      = var.kms_key
}
