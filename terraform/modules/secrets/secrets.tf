# Created empty: values are added by the operator, so that none passes through Terraform's state.
resource "google_secret_manager_secret" "default" {
  for_each            = var.secrets
  project             = var.project_id
  secret_id           = each.key
  labels              = var.labels
  deletion_protection = var.deletion_protection
  # A version deleted by mistake can be enabled again for a day.
  version_destroy_ttl = "86400s"

  replication {
    user_managed {
      replicas {
        location = var.region

        dynamic "customer_managed_encryption" {
          for_each = var.kms_key == null ? [] : [var.kms_key]
          content {
            kms_key_name = customer_managed_encryption.value
          }
        }
      }
    }
  }
}
