output "database" {
  description = "How the database was made."
  value = {
    delete_protection = google_firestore_database.default.delete_protection_state
    name              = google_firestore_database.default.name
    point_in_time     = google_firestore_database.default.point_in_time_recovery_enablement
    type              = google_firestore_database.default.type
  }
  depends_on = [google_project_iam_member.user]
}

output "fields" {
  description = "Fields with indexes of their own, and whether documents expire by them."
  value = {
    for name, field in google_firestore_field.default : name => {
      expires = length(field.ttl_config) > 0
      indexes = length(field.index_config[0].indexes)
    }
  }
}

output "indexes" {
  description = "Indexes over several fields."
  value       = keys(google_firestore_index.default)
}

output "users" {
  description = "Who reads and writes documents."
  value       = { for name, grant in google_project_iam_member.user : name => grant.member }
}
