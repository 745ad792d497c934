module "monitoring" {
  source                   = "../monitoring"
  project_id               = var.project_id
  project_number           = data.google_project.default.number
  environment              = var.environment
  push_subscription        = module.topic.subscription.name
  dead_letter_subscription = module.topic.dead_letters.subscription
  channels                 = var.notification_channels
  budget                   = var.budget
  quiet_hours_max          = var.quiet_hours_max
  labels                   = local.labels
}
