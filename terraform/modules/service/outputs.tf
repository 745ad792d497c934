output "account" {
  description = "E-mail of the account the service runs as."
  value       = google_service_account.default.email
}

output "grants" {
  description = "Who may do what with the service."
  value = merge(
    { for name, grant in google_cloud_run_v2_service_iam_member.invoker : "invoker/${name}" => { member = grant.member, role = grant.role } },
    { for name, grant in google_cloud_run_v2_service_iam_member.proxy : "proxy/${name}" => { member = grant.member, role = grant.role } },
    { for name, grant in google_iap_web_cloud_run_service_iam_member.accessor : "accessor/${name}" => { member = grant.member, role = grant.role } },
  )
}

output "member" {
  description = "The service's account, as grants name it."
  value       = google_service_account.default.member
}

output "name" {
  description = "Name of the service."
  value       = google_cloud_run_v2_service.default.name
}

output "settings" {
  description = "What the service reads at its start."
  value       = var.settings
}

output "settings_secret" {
  description = "Name of the secret that holds the service's settings."
  value       = google_secret_manager_secret.settings.secret_id
}

output "template" {
  description = "What a revision of the service is made from."
  value       = google_cloud_run_v2_service.default.template[0]
}

output "url" {
  description = "Address of the service."
  value       = local.url
  depends_on  = [google_cloud_run_v2_service_iam_member.invoker]
}
