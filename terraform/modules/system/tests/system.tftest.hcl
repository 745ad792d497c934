# Plans against a provider that answers for Google; what a plan as a whole must not hold (public
# members, basic roles, keys) is checked by terraform/tests/check.py over the plans of these runs.
mock_provider "google" {
  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

variables {
  base_image  = "eclipse-temurin:25-jre@sha256:0000000000000000000000000000000000000000000000000000000000000000"
  budget      = { billing_account = "000000-000000-000000", units = 200 }
  environment = "staging"
  operators   = { ada = "user:ada@example.com" }
  approvers   = { ada = "user:ada@example.com" }
  project_id  = "twofold-test"
  region      = "europe-west1"
  repository  = { id = "projects/twofold-test/locations/europe-west1/connections/code/repositories/twofold" }
  tenants     = { main = { hubspot_app_id = "77001", hubspot_portal_id = "900100" } }

  notification_channels = {
    operators = { labels = { email_address = "ops@example.com" }, type = "email" }
  }
}

run "one_tenant" {
  assert {
    condition     = sort(keys(output.services)) == sort(["ingest", "notices", "writes"])
    error_message = "Three services: ${join(", ", keys(output.services))}."
  }

  assert {
    condition = flatten([
      for name, service in output.services : [for grant in values(service.grants) : name if grant.member == "allUsers"]
    ]) == ["ingest"]
    error_message = "Everybody may call ingest, and nothing else."
  }

  assert {
    condition     = length(setintersection([for service in output.services : service.account], [output.tasks_account])) == 0
    error_message = "Nothing runs as the account that tasks call as."
  }

  assert {
    condition     = length(toset([for service in output.services : service.account])) == length(output.services)
    error_message = "Every service runs as an account of its own."
  }

  assert {
    condition     = alltrue([for service in output.services : service.template.service_account == service.account])
    error_message = "Every service runs as its account."
  }

  assert {
    condition     = length(output.services["writes"].grants) == 1 && length(output.services["notices"].grants) == 1
    error_message = "Tasks alone call writes, and the push alone calls notices."
  }

  assert {
    condition = (
      output.services["notices"].grants["invoker/push"].member
      != output.services["writes"].grants["invoker/tasks"].member
    )
    error_message = "What pushes notices cannot post tasks."
  }

  assert {
    condition = (
      output.services["writes"].template.scaling[0].min_instance_count == 1
      && output.services["writes"].template.scaling[0].max_instance_count == 1
      && output.services["writes"].template.max_instance_request_concurrency == 400
    )
    error_message = "Writes is exactly one instance, with 400 requests at a time."
  }

  assert {
    condition = alltrue([
      for service in output.services : service.template.scaling[0].min_instance_count >= 1
    ])
    error_message = "Every service keeps one warm instance."
  }

  assert {
    condition = (
      tonumber(trimsuffix(output.services["notices"].template.timeout, "s")) < output.subscription.ack_deadline_seconds
      && tonumber(trimsuffix(output.services["writes"].template.timeout, "s")) < 60
    )
    error_message = "A request ends before the message or the task is delivered again."
  }

  assert {
    condition = alltrue([
      for service in output.services :
      service.template.containers[0].resources[0].startup_cpu_boost
      && length(service.template.containers[0].startup_probe) == 1
      && length(service.template.containers[0].liveness_probe) == 1
      && length(service.template.vpc_access) == 0
    ])
    error_message = "Every service boosts its start, is probed, and needs no network of ours."
  }

  # Health is not on the port that requests from outside reach.
  assert {
    condition = alltrue([
      for service in output.services :
      service.template.containers[0].liveness_probe[0].http_get[0].port != service.template.containers[0].ports[0].container_port
    ])
    error_message = "Health is asked for at the port that only Cloud Run reaches."
  }
}

run "credentials" {
  assert {
    condition = (
      output.secret_readers["twofold-main-hubspot-access-token"] == output.services["writes"].member
      && output.secret_readers["twofold-main-stripe-api-key"] == output.services["writes"].member
    )
    error_message = "Only writes reads what opens the providers' accounts."
  }

  assert {
    condition = (
      output.secret_readers["twofold-main-hubspot-client-secret"] == output.services["ingest"].member
      && output.secret_readers["twofold-main-stripe-webhook-secret"] == output.services["ingest"].member
    )
    error_message = "Only ingest reads what proves a webhook."
  }

  assert {
    condition     = length(output.secret_readers) == 4
    error_message = "Four secrets a tenant."
  }

  # A revision fails whose secret has no version, so values are read by the service at run time.
  assert {
    condition = alltrue(flatten([
      for service in output.services : [
        for variable in service.template.containers[0].env : length(variable.value_source) == 0
      ]
    ]))
    error_message = "No secret is mounted into a revision's environment."
  }

  assert {
    condition = alltrue([
      for service in output.services :
      [for volume in service.template.volumes : volume.secret[0].secret] == [service.settings_secret]
    ])
    error_message = "The only secret mounted is the service's own settings, which Terraform writes."
  }

  assert {
    condition = (
      output.services["writes"].settings.twofold.credentials.main == {
        hubspot = "sm@twofold-main-hubspot-access-token"
        stripe  = "sm@twofold-main-stripe-api-key"
      }
      && !can(output.services["notices"].settings.twofold.credentials)
      && !can(output.services["ingest"].settings.twofold.credentials)
    )
    error_message = "Only writes is told of what opens the providers' accounts, by the names of secrets."
  }

  assert {
    condition = alltrue([
      for service in ["notices", "writes"] :
      output.services[service].settings.twofold.tenants.main.hubspot == { app-id = "77001", portal-id = "900100" }
    ])
    error_message = "The sync service knows the tenants' accounts in HubSpot."
  }

  assert {
    condition     = keys(output.store.users) == ["notices", "writes"]
    error_message = "Ingest never sees the database."
  }

  assert {
    condition     = output.publishers == { ingest = output.services["ingest"].member }
    error_message = "Only ingest publishes."
  }
}

run "queues" {
  assert {
    condition = alltrue([
      for name, queue in jsondecode(file("../../topology.json")).queues :
      output.queues["main-${name}"].rate_limits.max_dispatches_per_second == queue.rateLimits.maxDispatchesPerSecond
      && output.queues["main-${name}"].rate_limits.max_concurrent_dispatches == queue.rateLimits.maxConcurrentDispatches
      && output.queues["main-${name}"].retry_config.max_attempts == queue.retryConfig.maxAttempts
      && output.queues["main-${name}"].retry_config.min_backoff == queue.retryConfig.minBackoff
      && output.queues["main-${name}"].retry_config.max_backoff == queue.retryConfig.maxBackoff
      && output.queues["main-${name}"].retry_config.max_doublings == queue.retryConfig.maxDoublings
    ])
    error_message = "Every queue is made with the figures of topology.json."
  }

  assert {
    condition = alltrue([
      for name, queue in output.queues :
      queue.rate_limits.max_dispatches_per_second
      <= jsondecode(file("../../topology.json")).limits[strcontains(name, "stripe") ? "stripe" : "hubspot"]
    ])
    error_message = "No queue is faster than its account allows."
  }

  assert {
    condition     = alltrue([for queue in output.queues : queue.logging > 0])
    error_message = "Every queue is logged."
  }

  assert {
    condition     = keys(output.queues) == ["main-hubspot", "main-stripe-bulk", "main-stripe-express"]
    error_message = "Three queues a tenant."
  }
}

run "messages" {
  assert {
    condition = (
      output.subscription.push_config[0].push_endpoint == "${output.services["notices"].url}/notices"
      && output.subscription.push_config[0].oidc_token[0].audience == output.services["notices"].url
    )
    error_message = "Notices are pushed to the notices service, with a token made out to it."
  }

  assert {
    condition = (
      output.subscription.expiration_policy[0].ttl == ""
      && output.subscription.retain_acked_messages
      && output.subscription.message_retention_duration == jsondecode(file("../../topology.json")).subscription.messageRetentionDuration
      && output.subscription.retry_policy[0].maximum_backoff == jsondecode(file("../../topology.json")).subscription.retryPolicy.maximumBackoff
      && output.subscription.dead_letter_policy[0].max_delivery_attempts == jsondecode(file("../../topology.json")).subscription.deadLetterPolicy.maxDeliveryAttempts
    )
    error_message = "The subscription never expires, can be played again, and follows topology.json."
  }

  assert {
    condition     = output.archive.days == 30 && output.archive.format == ".avro"
    error_message = "Raw deliveries are kept for thirty days, with their attributes."
  }

  assert {
    condition = (
      output.store.database.type == "FIRESTORE_NATIVE"
      && output.store.database.point_in_time == "POINT_IN_TIME_RECOVERY_ENABLED"
      && output.store.database.delete_protection == "DELETE_PROTECTION_ENABLED"
    )
    error_message = "The database is native, can be taken back in time, and cannot be deleted."
  }

  assert {
    condition = alltrue([
      for field in jsondecode(file("../../firestore-indexes.json")).fieldOverrides :
      output.store.fields["${field.collectionGroup}/${field.fieldPath}"] == {
        expires = try(field.ttl, false)
        indexes = length(field.indexes)
      }
    ]) && length(output.store.indexes) == length(jsondecode(file("../../firestore-indexes.json")).indexes)
    error_message = "Indexes, exemptions and expiry are those of firestore-indexes.json."
  }

  assert {
    condition = output.schedules == {
      main-sweep = { account = output.tasks_account, uri = "${output.services["writes"].url}/writes/sweep/main" }
    }
    error_message = "Each tenant is swept by a schedule."
  }

  assert {
    condition     = output.triggers == { twofold-build = false, twofold-deployment = true }
    error_message = "A push builds; a deployment waits for approval."
  }
}

# Compared with the state that the runs above left; what is done besides is checked by check.py.
run "second_tenant" {
  command = plan

  variables {
    tenants = {
      main    = { hubspot_app_id = "77001", hubspot_portal_id = "900100" }
      acme-eu = {}
    }
  }

  assert {
    condition = alltrue([
      for name, service in run.one_tenant.services : output.services[name].template == service.template
    ])
    error_message = "One more tenant makes no new revision."
  }

  assert {
    condition     = alltrue([for name, queue in run.queues.queues : output.queues[name] == queue])
    error_message = "One more tenant leaves the others' queues alone."
  }

  assert {
    condition     = length(setsubtract(keys(output.queues), keys(run.queues.queues))) == 3 && contains(keys(output.queues), "acme-eu-hubspot")
    error_message = "One more tenant has queues of its own."
  }

  assert {
    condition     = keys(output.services["notices"].settings.twofold.tenants) == ["acme-eu", "main"]
    error_message = "The services are told of one more tenant."
  }

  assert {
    condition     = length(output.secret_readers) == 8 && contains(keys(output.schedules), "acme-eu-sweep")
    error_message = "One more tenant has secrets and schedules of its own."
  }
}

run "writes_stays_one" {
  command = plan

  variables {
    scaling = { ingest = { min = 2, max = 30 }, notices = { min = 2, max = 30 } }
  }

  assert {
    condition     = output.services["writes"].template.scaling[0].max_instance_count == 1 && output.services["ingest"].template.scaling[0].max_instance_count == 30
    error_message = "Settings of scaling never reach writes."
  }
}

run "with_a_key" {
  command = plan

  variables {
    kms_key = "projects/keys/locations/europe-west1/keyRings/twofold/cryptoKeys/data"
  }
}

run "an_id_that_is_none" {
  command = plan

  variables {
    tenants = { Main_1 = {} }
  }

  expect_failures = [var.tenants]
}

run "an_image_that_is_not_pinned" {
  command = plan

  variables {
    base_image = "eclipse-temurin:25-jre"
  }

  expect_failures = [var.base_image]
}
