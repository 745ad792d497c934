module "topic" {
  source         = "../notice-topic"
  project_id     = var.project_id
  project_number = data.google_project.default.number
  region         = var.region
  topology       = local.topology
  push_to        = local.urls.notices
  publishers     = { ingest = module.service["ingest"].member }
  deployers      = { deployer = module.build.members.deployer }
  operators      = var.operators
  token_users    = merge(var.operators, { deployer = module.build.members.deployer })
  archive_days   = var.archive_days
  kms_key        = var.kms_key
  labels         = local.labels

  deletion_protection = var.deletion_protection

  depends_on = [module.encryption]
}
