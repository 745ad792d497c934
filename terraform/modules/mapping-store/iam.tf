# Firestore has no grants below the project; the condition is what narrows this one to the database.
# https://docs.cloud.google.com/firestore/native/docs/conditional-access
resource "google_project_iam_member" "user" {
  for_each = var.users
  project  = var.project_id
  role     = "roles/datastore.user"
  member   = each.value

  condition {
    title       = "twofold-database"
    description = "This database and no other."
    expression  = "resource.name == \"projects/${var.project_id}/databases/${var.database}\""
  }

  depends_on = [google_firestore_database.default]
}
