# Every delivery as the provider sent it, with its attributes: what the system did can be checked
# against it, and done again.
resource "google_storage_bucket" "archive" {
  project                     = var.project_id
  name                        = "${var.project_id}-${var.topology.topic}-archive"
  location                    = var.region
  labels                      = var.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.deletion_protection

  lifecycle_rule {
    action {
      type = "Delete"
    }

    condition {
      age = var.archive_days
    }
  }

  # Personal data: what is deleted is gone.
  soft_delete_policy {
    retention_duration_seconds = 0
  }

  dynamic "encryption" {
    for_each = var.kms_key == null ? [] : [var.kms_key]
    content {
      default_kms_key_name = encryption.value
    }
  }
}

resource "google_pubsub_subscription" "archive" {
  project                    = var.project_id
  name                       = "${var.topology.topic}-archive"
  topic                      = google_pubsub_topic.default.id
  labels                     = var.labels
  ack_deadline_seconds       = 300
  message_retention_duration = "604800s"

  cloud_storage_config {
    bucket                   = google_storage_bucket.archive.name
    filename_prefix          = "deliveries/"
    filename_suffix          = ".avro"
    filename_datetime_format = "YYYY-MM-DD/hh_mm_ssZ"
    max_duration             = "300s"
    max_bytes                = 104857600

    avro_config {
      write_metadata = true
    }
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  expiration_policy {
    ttl = ""
  }

  depends_on = [google_storage_bucket_iam_member.archive]
}
