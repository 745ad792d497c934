locals {
  settings_folder = "/etc/twofold"
  settings_file   = "application.yaml"
}

# The service's settings as a file: what names tenants changes here and not in the service, so that
# one more tenant makes no new revision. It holds names of secrets, never their values.
resource "google_secret_manager_secret" "settings" {
  project   = var.project_id
  secret_id = "${var.name}-settings"
  labels    = var.labels

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

resource "google_secret_manager_secret_version" "settings" {
  secret      = google_secret_manager_secret.settings.id
  secret_data = yamlencode(var.settings)
  # Older versions stay readable, for a revision that is rolled back to.
  deletion_policy = "ABANDON"

  lifecycle {
    create_before_destroy = true
  }
}
