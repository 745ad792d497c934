module "store" {
  source     = "../mapping-store"
  project_id = var.project_id
  region     = var.region
  indexes    = local.indexes
  users = {
    notices = module.service["notices"].member
    writes  = module.service["writes"].member
  }
  kms_key = var.kms_key

  deletion_protection = var.deletion_protection

  depends_on = [module.encryption]
}
