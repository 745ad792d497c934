locals {
  # What names a service before it exists.
  names = {
    for service in ["ingest", "notices", "writes"] : service => "twofold-${service}"
  }
  urls = {
    for service, name in local.names :
    service => "https://${name}-${data.google_project.default.number}.${var.region}.run.app"
  }
  public_url = coalesce(var.public_url, local.urls.ingest)

  # One entry a service. Addresses, accounts, grants and probes follow from it; an operator's console
  # is one more entry, with `iap_accessors` in place of `invokers`.
  services = {
    ingest = {
      description = "Takes the providers' webhooks in, proves and publishes them."
      # Two addresses answer, /webhooks/hubspot/{tenant} and /webhooks/stripe/{tenant}; any other is
      # 404 there, and whoever is not proven 401.
      invokers      = { everybody = "allUsers" }
      iap_accessors = {}
      settings = {
        twofold = {
          tenants = {
            for tenant in keys(var.tenants) : tenant => {
              hubspot = { secrets = "sm@${local.secret_names[tenant].hubspot_client_secret}" }
              stripe  = { secrets = "sm@${local.secret_names[tenant].stripe_webhook_secret}" }
            }
          }
        }
      }
      environment = {
        PUBLIC_BASE_URL = local.public_url
        PUBSUB_TOPIC    = local.topology.topic
      }
      # A delivery is answered within five seconds or given up by the provider.
      timeout     = "15s"
      scaling     = var.scaling.ingest
      concurrency = 80
      resources   = var.resources.ingest
    }

    notices = {
      description   = "Merges what providers tell into the links and plans the writes."
      invokers      = { push = module.topic.push_account.member }
      iap_accessors = {}
      settings      = { twofold = { tenants = local.accounts } }
      environment   = merge(local.dispatch, { ROLES = "notices" })
      # Below the subscription's acknowledgement deadline, after which a message is pushed again.
      timeout     = "${local.topology.subscription.ackDeadlineSeconds - 5}s"
      scaling     = var.scaling.notices
      concurrency = 80
      resources   = var.resources.notices
    }

    writes = {
      description   = "Makes the calls to the providers, one for each task, and paces them."
      invokers      = { tasks = google_service_account.tasks.member }
      iap_accessors = {}
      settings = {
        twofold = {
          tenants = local.accounts
          # Names of secrets, which this service alone may read.
          credentials = {
            for tenant in keys(var.tenants) : tenant => {
              hubspot = "sm@${local.secret_names[tenant].hubspot_access_token}"
              stripe  = "sm@${local.secret_names[tenant].stripe_api_key}"
            }
          }
        }
      }
      environment = merge(local.dispatch, {
        ROLES                         = "writes"
        TWOFOLD_DELIVERY_HUBSPOTLIMIT = tostring(local.topology.limits.hubspot)
        TWOFOLD_DELIVERY_STRIPELIMIT  = tostring(local.topology.limits.stripe)
        # Cloud Scheduler calls for the sweep.
        TWOFOLD_DELIVERY_SWEEPTIMER = "false"
      })
      # Below the deadline of a task, after which it is dispatched again.
      timeout = "${local.task_deadline_seconds - 5}s"
      # The limits need one pacer, so there is one writes process, and no variable changes that.
      scaling = { min = 1, max = 1 }
      # Dispatches mostly wait: for their slot, and for the provider.
      concurrency = 400
      resources   = var.resources.writes
    }
  }

  # As the sync service sets it on every task (DispatchSettings).
  task_deadline_seconds = 60

  dispatch = {
    CLOUD_TASKS_LOCATION  = var.region
    TASKS_AUDIENCE        = local.urls.writes
    TASKS_SERVICE_ACCOUNT = google_service_account.tasks.email
    WRITES_BASE_URL       = local.urls.writes
  }

  accounts = {
    for tenant, accounts in var.tenants : tenant => {
      hubspot = { app-id = accounts.hubspot_app_id, portal-id = accounts.hubspot_portal_id }
    }
  }
}

module "service" {
  source           = "../service"
  for_each         = local.services
  project_id       = var.project_id
  project_number   = data.google_project.default.number
  region           = var.region
  name             = "twofold-${each.key}"
  description      = each.value.description
  image            = var.placeholder_image
  environment      = merge({ GOOGLE_CLOUD_PROJECT = var.project_id, GOOGLE_CLOUD_REGION = var.region }, each.value.environment)
  settings         = each.value.settings
  invokers         = each.value.invokers
  iap_accessors    = each.value.iap_accessors
  scaling          = each.value.scaling
  concurrency      = each.value.concurrency
  resources        = each.value.resources
  timeout          = each.value.timeout
  deployers        = { deployer = module.build.members.deployer }
  settings_readers = module.build.members
  kms_key          = var.kms_key
  labels           = local.labels

  deletion_protection = var.deletion_protection

  depends_on = [module.encryption]
}
