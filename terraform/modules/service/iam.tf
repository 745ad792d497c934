resource "google_service_account" "default" {
  project      = var.project_id
  account_id   = var.name
  display_name = var.name
  description  = "What ${var.name} runs as."
}

resource "google_cloud_run_v2_service_iam_member" "invoker" {
  for_each = var.invokers
  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_service.default.name
  role     = "roles/run.invoker"
  member   = each.value
}

resource "google_iap_web_cloud_run_service_iam_member" "accessor" {
  for_each               = var.iap_accessors
  project                = var.project_id
  location               = var.region
  cloud_run_service_name = google_cloud_run_v2_service.default.name
  role                   = "roles/iap.httpsResourceAccessor"
  member                 = each.value
}

# Behind Identity-Aware Proxy it is the proxy that calls, whoever the person is.
resource "google_cloud_run_v2_service_iam_member" "proxy" {
  for_each = length(var.iap_accessors) > 0 ? toset(["iap"]) : toset([])
  project  = var.project_id
  location = var.region
  name     = google_cloud_run_v2_service.default.name
  role     = "roles/run.invoker"
  member   = "serviceAccount:service-${var.project_number}@gcp-sa-iap.iam.gserviceaccount.com"
}

resource "google_secret_manager_secret_iam_member" "settings" {
  for_each = merge(var.settings_readers, {
    service = google_service_account.default.member
  })
  project   = var.project_id
  secret_id = google_secret_manager_secret.settings.secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = each.value
}

# Neither metrics nor traces have a resource below the project to grant on.
resource "google_project_iam_member" "telemetry" {
  for_each = toset(["roles/telemetry.metricsWriter", "roles/telemetry.tracesWriter"])
  project  = var.project_id
  role     = each.value
  member   = google_service_account.default.member
}

resource "google_service_account_iam_member" "user" {
  for_each           = var.deployers
  service_account_id = google_service_account.default.name
  role               = "roles/iam.serviceAccountUser"
  member             = each.value
}
