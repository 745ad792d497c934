resource "google_secret_manager_secret_iam_member" "accessor" {
  for_each  = var.secrets
  project   = var.project_id
  secret_id = google_secret_manager_secret.default[each.key].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = each.value.reader
}
