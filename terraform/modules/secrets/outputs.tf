output "readers" {
  description = "Who may read each secret."
  value       = { for name, grant in google_secret_manager_secret_iam_member.accessor : name => grant.member }
}

output "secrets" {
  description = "Full names of the secrets, by name."
  value       = { for name, secret in google_secret_manager_secret.default : name => secret.id }
  depends_on  = [google_secret_manager_secret_iam_member.accessor]
}
