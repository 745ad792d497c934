output "members" {
  description = "The accounts that plan and that deploy, as grants name them."
  value       = local.members
}

output "substitutions" {
  description = "What the builds are told."
  value       = local.substitutions
}

output "triggers" {
  description = "Names of the triggers, and whether somebody has to approve."
  value = merge(
    { for trigger in google_cloudbuild_trigger.build : trigger.name => false },
    { for trigger in google_cloudbuild_trigger.deployment : trigger.name => trigger.approval_config[0].approval_required },
  )
}
