module "system" {
  source                = "../../modules/system"
  environment           = "production"
  project_id            = var.project_id
  region                = var.region
  tenants               = var.tenants
  public_url            = var.public_url
  scaling               = var.scaling
  operators             = var.operators
  approvers             = var.approvers
  notification_channels = var.notification_channels
  quiet_hours_max       = var.quiet_hours_max
  budget                = var.budget
  kms_key               = var.kms_key
  repository            = var.repository
  base_image            = var.base_image
  deletion_protection   = var.deletion_protection
}
