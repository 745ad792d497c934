output "archive" {
  description = "Where raw deliveries are kept, and for how many days."
  value = {
    bucket = google_storage_bucket.archive.name
    days   = tolist(tolist(google_storage_bucket.archive.lifecycle_rule)[0].condition)[0].age
    format = google_pubsub_subscription.archive.cloud_storage_config[0].filename_suffix
    topic  = google_pubsub_subscription.archive.topic
  }
}

output "dead_letters" {
  description = "Where messages are kept that could not be delivered."
  value = {
    subscription = google_pubsub_subscription.dead_letters.name
    topic        = google_pubsub_topic.dead_letters.name
  }
  depends_on = [google_pubsub_subscription_iam_member.dead_letters]
}

output "publishers" {
  description = "Who may publish."
  value       = { for name, grant in google_pubsub_topic_iam_member.publisher : name => grant.member }
}

output "push_account" {
  description = "The account that calls the notices service."
  value = {
    email  = google_service_account.push.email
    member = google_service_account.push.member
  }
}

output "subscription" {
  description = "How notices are pushed."
  value       = google_pubsub_subscription.push
}

output "topic" {
  description = "The topic's name."
  value       = google_pubsub_topic.default.name
  depends_on  = [google_pubsub_topic_iam_member.publisher]
}
