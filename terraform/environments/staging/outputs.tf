output "services" {
  description = "Addresses of the services."
  value       = { for name, service in module.system.services : name => service.url }
}

output "tasks_account" {
  description = "E-mail of the account that operators call the writes service as."
  value       = module.system.tasks_account
}

output "webhooks" {
  description = "Addresses to register with the providers, by tenant."
  value       = module.system.webhooks
}
