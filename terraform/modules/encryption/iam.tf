locals {
  # Google's own accounts of the services that encrypt with the key.
  agents = var.kms_key == null ? {} : {
    cloudtasks    = "service-${var.project_number}@gcp-sa-cloudtasks.iam.gserviceaccount.com"
    firestore     = "service-${var.project_number}@gcp-sa-firestore.iam.gserviceaccount.com"
    pubsub        = "service-${var.project_number}@gcp-sa-pubsub.iam.gserviceaccount.com"
    secretmanager = "service-${var.project_number}@gcp-sa-secretmanager.iam.gserviceaccount.com"
    storage       = "service-${var.project_number}@gs-project-accounts.iam.gserviceaccount.com"
  }
}

resource "google_kms_crypto_key_iam_member" "agent" {
  for_each      = local.agents
  crypto_key_id = var.kms_key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:${each.value}"
}
