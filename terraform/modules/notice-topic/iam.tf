locals {
  # Pub/Sub itself. It exists from the moment that terraform/bootstrap has asked for it.
  pubsub = "serviceAccount:service-${var.project_number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_service_account" "push" {
  project      = var.project_id
  account_id   = "twofold-push"
  display_name = "twofold-push"
  description  = "Whom Pub/Sub pushes notices as."
}

resource "google_service_account_iam_member" "push_token" {
  for_each           = merge(var.token_users, { pubsub = local.pubsub })
  service_account_id = google_service_account.push.name
  role               = "roles/iam.serviceAccountOpenIdTokenCreator"
  member             = each.value
}

# Whoever sets the account on a subscription must be allowed to act as it.
resource "google_service_account_iam_member" "push_user" {
  for_each           = var.deployers
  service_account_id = google_service_account.push.name
  role               = "roles/iam.serviceAccountUser"
  member             = each.value
}

resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = var.publishers
  project  = var.project_id
  topic    = google_pubsub_topic.default.name
  role     = "roles/pubsub.publisher"
  member   = each.value
}

resource "google_pubsub_topic_iam_member" "dead_letters" {
  project = var.project_id
  topic   = google_pubsub_topic.dead_letters.name
  role    = "roles/pubsub.publisher"
  member  = local.pubsub
}

# What was set aside is published again by command.
resource "google_pubsub_topic_iam_member" "redriver" {
  for_each = var.operators
  project  = var.project_id
  topic    = google_pubsub_topic.default.name
  role     = "roles/pubsub.publisher"
  member   = each.value
}

resource "google_pubsub_subscription_iam_member" "redriver" {
  for_each     = var.operators
  project      = var.project_id
  subscription = google_pubsub_subscription.dead_letters.name
  role         = "roles/pubsub.subscriber"
  member       = each.value
}

# To take a message off the subscription once the dead-letter topic has it.
resource "google_pubsub_subscription_iam_member" "dead_letters" {
  project      = var.project_id
  subscription = google_pubsub_subscription.push.name
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub
}

resource "google_storage_bucket_iam_member" "archive" {
  for_each = toset(["roles/storage.objectCreator", "roles/storage.legacyBucketReader"])
  bucket   = google_storage_bucket.archive.name
  role     = each.value
  member   = local.pubsub
}
