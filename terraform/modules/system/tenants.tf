locals {
  # By their purpose, named as the services ask for them.
  secret_names = {
    for tenant in keys(var.tenants) : tenant => {
      for purpose in ["hubspot_access_token", "hubspot_client_secret", "stripe_api_key", "stripe_webhook_secret"] :
      purpose => "twofold-${tenant}-${replace(purpose, "_", "-")}"
    }
  }
}

module "secrets" {
  source     = "../secrets"
  for_each   = var.tenants
  project_id = var.project_id
  region     = var.region
  secrets = {
    # What proves a webhook is ingest's alone; what opens an account belongs to writes alone.
    (local.secret_names[each.key].hubspot_access_token)  = { reader = module.service["writes"].member }
    (local.secret_names[each.key].hubspot_client_secret) = { reader = module.service["ingest"].member }
    (local.secret_names[each.key].stripe_api_key)        = { reader = module.service["writes"].member }
    (local.secret_names[each.key].stripe_webhook_secret) = { reader = module.service["ingest"].member }
  }
  kms_key = var.kms_key
  labels  = merge(local.labels, { tenant = each.key })

  deletion_protection = var.deletion_protection

  depends_on = [module.encryption]
}

module "queues" {
  source     = "../dispatch-queue"
  for_each   = var.tenants
  project_id = var.project_id
  region     = var.region
  tenant     = each.key
  queues     = local.topology.queues
  limits     = local.topology.limits
  enqueuers = {
    notices = module.service["notices"].member
    writes  = module.service["writes"].member
  }
  operators     = { writes = module.service["writes"].member }
  operator_role = google_project_iam_custom_role.queue_operator.name
}

# Finds work that nothing else would wake: marks whose task is gone, and what waited too long.
resource "google_cloud_scheduler_job" "sweep" {
  for_each         = var.tenants
  project          = var.project_id
  region           = var.region
  name             = "${each.key}-sweep"
  description      = "Sweeps tenant ${each.key} each minute."
  schedule         = "* * * * *"
  time_zone        = "Etc/UTC"
  attempt_deadline = "${local.task_deadline_seconds}s"

  http_target {
    http_method = "POST"
    uri         = "${local.urls.writes}/writes/sweep/${each.key}"

    oidc_token {
      service_account_email = google_service_account.tasks.email
      audience              = local.urls.writes
    }
  }

  # The next minute comes by itself.
  retry_config {
    retry_count = 0
  }

  depends_on = [google_service_account_iam_member.tasks_user]
}
