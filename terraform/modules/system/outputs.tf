output "alerts" {
  description = "Heading of docs/runbook.md that each alert names."
  value       = module.monitoring.alerts
}

output "archive" {
  description = "Where raw deliveries are kept, and for how many days."
  value       = module.topic.archive
}

output "metrics" {
  description = "Kind of every figure of our own that dashboard and alerts use."
  value       = module.monitoring.metrics
}

output "publishers" {
  description = "Who may publish notices."
  value       = module.topic.publishers
}

output "queues" {
  description = "What each queue was made with, by its name."
  value       = merge([for tenant in module.queues : tenant.queues]...)
}

output "schedules" {
  description = "What Cloud Scheduler calls, by the job's name."
  value       = { for job in google_cloud_scheduler_job.sweep : job.name => { account = job.http_target[0].oidc_token[0].service_account_email, uri = job.http_target[0].uri } }
}

output "secret_readers" {
  description = "Who may read each secret."
  value       = merge([for tenant in module.secrets : tenant.readers]...)
}

output "services" {
  description = "Account, address, callers and template of each service."
  value       = module.service
}

output "store" {
  description = "How the database was made, and who uses it."
  value       = { database = module.store.database, fields = module.store.fields, indexes = module.store.indexes, users = module.store.users }
}

output "subscription" {
  description = "How notices are pushed."
  value       = module.topic.subscription
}

output "tasks_account" {
  description = "E-mail of the account that calls the writes service."
  value       = google_service_account.tasks.email
}

output "triggers" {
  description = "Names of the builds' triggers, and whether somebody has to approve."
  value       = module.build.triggers
}

output "webhooks" {
  description = "Addresses to register with the providers, by tenant."
  value = {
    for tenant in keys(var.tenants) : tenant => {
      hubspot = "${local.public_url}/webhooks/hubspot/${tenant}"
      stripe  = "${local.public_url}/webhooks/stripe/${tenant}"
    }
  }
}
