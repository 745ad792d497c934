resource "google_pubsub_topic" "dead_letters" {
  project      = var.project_id
  name         = var.topology.deadLetterTopic
  kms_key_name = var.kms_key
  labels       = var.labels

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }
}

# A topic without a subscription keeps nothing.
resource "google_pubsub_subscription" "dead_letters" {
  project                    = var.project_id
  name                       = "${var.topology.deadLetterTopic}-kept"
  topic                      = google_pubsub_topic.dead_letters.id
  labels                     = var.labels
  ack_deadline_seconds       = 60
  message_retention_duration = "2678400s"

  expiration_policy {
    ttl = ""
  }
}
