resource "google_monitoring_notification_channel" "default" {
  for_each     = var.channels
  project      = var.project_id
  display_name = "Twofold: ${each.key}"
  type         = each.value.type
  labels       = each.value.labels
  user_labels  = var.labels
}
