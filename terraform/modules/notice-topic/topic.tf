resource "google_pubsub_topic" "default" {
  project      = var.project_id
  name         = var.topology.topic
  kms_key_name = var.kms_key
  labels       = var.labels

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }
}

resource "google_pubsub_subscription" "push" {
  project                    = var.project_id
  name                       = var.topology.subscription.name
  topic                      = google_pubsub_topic.default.id
  labels                     = var.labels
  ack_deadline_seconds       = var.topology.subscription.ackDeadlineSeconds
  message_retention_duration = var.topology.subscription.messageRetentionDuration
  # What was acknowledged can be played again, until it is older than the retention.
  retain_acked_messages = var.topology.subscription.retainAckedMessages

  push_config {
    push_endpoint = "${var.push_to}${var.topology.subscription.pushPath}"

    oidc_token {
      service_account_email = google_service_account.push.email
      audience              = var.push_to
    }
  }

  retry_policy {
    minimum_backoff = var.topology.subscription.retryPolicy.minimumBackoff
    maximum_backoff = var.topology.subscription.retryPolicy.maximumBackoff
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead_letters.id
    max_delivery_attempts = var.topology.subscription.deadLetterPolicy.maxDeliveryAttempts
  }

  # Never expires, however quiet it is.
  expiration_policy {
    ttl = ""
  }

  # Pub/Sub forwards nothing to a topic it may not publish to, and forgets nothing either: messages
  # would be pushed for ever.
  depends_on = [
    google_pubsub_topic_iam_member.dead_letters,
    google_service_account_iam_member.push_token,
  ]
}
