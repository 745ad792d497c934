locals {
  # Two queues may share an account; each alone must not exceed it. The pacer in the writes service
  # keeps them within it together.
  too_fast = {
    for name, queue in var.queues : name => queue.rateLimits.maxDispatchesPerSecond
    if queue.rateLimits.maxDispatchesPerSecond > var.limits[split("-", name)[0]]
  }
}

# A deleted queue's name cannot be used again for days, so queues are changed and never replaced.
# https://docs.cloud.google.com/tasks/docs/deleting-appengine-queues-and-tasks
resource "google_cloud_tasks_queue" "default" {
  for_each = var.queues
  project  = var.project_id
  location = var.region
  name     = "${var.tenant}-${each.key}"

  rate_limits {
    max_dispatches_per_second = each.value.rateLimits.maxDispatchesPerSecond
    max_concurrent_dispatches = each.value.rateLimits.maxConcurrentDispatches
  }

  retry_config {
    max_attempts  = each.value.retryConfig.maxAttempts
    min_backoff   = each.value.retryConfig.minBackoff
    max_backoff   = each.value.retryConfig.maxBackoff
    max_doublings = each.value.retryConfig.maxDoublings
  }

  stackdriver_logging_config {
    sampling_ratio = var.logging_ratio
  }

  lifecycle {
    # Rates are changed, and queues paused, while running: topology.json has the first values only.
    ignore_changes = [desired_state, rate_limits]

    precondition {
      condition     = length(local.too_fast) == 0
      error_message = "Faster than the account's limit: ${join(", ", keys(local.too_fast))}. Limits are in terraform/topology.json."
    }
  }
}
