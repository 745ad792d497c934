mock_provider "google" {}

variables {
  limits        = { hubspot = 15, stripe = 100 }
  operator_role = "projects/twofold-test/roles/twofoldQueueOperator"
  project_id    = "twofold-test"
  region        = "europe-west1"
  tenant        = "main"
  queues = {
    hubspot = {
      rateLimits  = { maxDispatchesPerSecond = 15, maxConcurrentDispatches = 32 }
      retryConfig = { maxAttempts = -1, minBackoff = "0.500s", maxBackoff = "60s", maxDoublings = 7 }
    }
  }
}

run "as_it_is_told" {
  assert {
    condition     = keys(output.queues) == ["main-hubspot"]
    error_message = "A queue is named for its tenant and itself."
  }
}

run "a_rate_changed_while_running" {
  variables {
    queues = {
      hubspot = {
        rateLimits  = { maxDispatchesPerSecond = 9, maxConcurrentDispatches = 32 }
        retryConfig = { maxAttempts = -1, minBackoff = "0.500s", maxBackoff = "60s", maxDoublings = 7 }
      }
    }
  }

  # The queue of the run above stands for one whose rate an operator has set.
  assert {
    condition     = google_cloud_tasks_queue.default["hubspot"].rate_limits[0].max_dispatches_per_second == 15
    error_message = "An apply leaves the rate alone that a queue has."
  }
}

run "faster_than_the_account" {
  command = plan

  variables {
    queues = {
      hubspot = {
        rateLimits  = { maxDispatchesPerSecond = 16, maxConcurrentDispatches = 32 }
        retryConfig = { maxAttempts = -1, minBackoff = "0.500s", maxBackoff = "60s", maxDoublings = 7 }
      }
    }
  }

  expect_failures = [google_cloud_tasks_queue.default]
}

run "faster_than_cloud_tasks" {
  command = plan

  variables {
    limits = { hubspot = 1000 }
    queues = {
      hubspot = {
        rateLimits  = { maxDispatchesPerSecond = 501, maxConcurrentDispatches = 32 }
        retryConfig = { maxAttempts = -1, minBackoff = "0.500s", maxBackoff = "60s", maxDoublings = 7 }
      }
    }
  }

  expect_failures = [var.queues]
}
