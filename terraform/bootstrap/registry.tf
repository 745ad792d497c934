resource "google_artifact_registry_repository" "images" {
  project       = var.project_id
  location      = var.region
  repository_id = "twofold"
  description   = "Images of Twofold's services."
  format        = "DOCKER"
  kms_key_name  = var.kms_key

  docker_config {
    immutable_tags = true
  }

  vulnerability_scanning_config {
    enablement_config = "INHERITED"
  }

  # Enough to roll back to; the rest goes after three months.
  cleanup_policies {
    id     = "keep-the-last"
    action = "KEEP"

    most_recent_versions {
      keep_count = 20
    }
  }

  cleanup_policies {
    id     = "delete-the-old"
    action = "DELETE"

    condition {
      older_than = "7776000s"
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.images, google_project_service.default]
}

resource "google_kms_crypto_key_iam_member" "images" {
  for_each      = var.kms_key == null ? {} : { key = var.kms_key }
  crypto_key_id = each.value
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:service-${data.google_project.default.number}@gcp-sa-artifactregistry.iam.gserviceaccount.com"
}

data "google_project" "default" {
  project_id = var.project_id
}
