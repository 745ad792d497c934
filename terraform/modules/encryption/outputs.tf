output "agents" {
  description = "Services of Google's that may encrypt with the key."
  value       = keys(google_kms_crypto_key_iam_member.agent)
}
