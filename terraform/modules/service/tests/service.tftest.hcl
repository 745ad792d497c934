mock_provider "google" {}

variables {
  concurrency    = 80
  description    = "Shows operators what is synced."
  image          = "us-docker.pkg.dev/cloudrun/container/hello:latest"
  name           = "twofold-console"
  project_id     = "twofold-test"
  project_number = "123456789012"
  region         = "europe-west1"
  scaling        = { min = 1, max = 2 }
  timeout        = "30s"
}

# What an operator's console needs is there: one more entry with accessors.
run "behind_the_proxy" {
  variables {
    iap_accessors = { ada = "user:ada@example.com" }
  }

  assert {
    condition     = google_cloud_run_v2_service.default.iap_enabled
    error_message = "A service with accessors stands behind Identity-Aware Proxy."
  }

  assert {
    condition = output.grants == {
      "accessor/ada" = { member = "user:ada@example.com", role = "roles/iap.httpsResourceAccessor" }
      "proxy/iap"    = { member = "serviceAccount:service-123456789012@gcp-sa-iap.iam.gserviceaccount.com", role = "roles/run.invoker" }
    }
    error_message = "The proxy alone calls it, for those who may."
  }
}

run "private_by_default" {
  command = plan

  assert {
    condition     = !google_cloud_run_v2_service.default.iap_enabled && length(output.grants) == 0
    error_message = "Nobody may call a service unless somebody says so."
  }
}

run "never_cold" {
  command = plan

  variables {
    scaling = { min = 0, max = 2 }
  }

  expect_failures = [var.scaling]
}

run "a_time_without_a_unit" {
  command = plan

  variables {
    timeout = "55"
  }

  expect_failures = [var.timeout]
}
