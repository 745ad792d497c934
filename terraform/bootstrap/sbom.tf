resource "google_storage_bucket" "sbom" {
  project                     = var.project_id
  name                        = "${var.project_id}-sbom"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  lifecycle_rule {
    action {
      type = "Delete"
    }

    condition {
      age = 730
    }
  }

  depends_on = [google_project_service.default]
}
