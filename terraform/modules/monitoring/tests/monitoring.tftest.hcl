mock_provider "google" {}

variables {
  dead_letter_subscription = "twofold-dead-letters-kept"
  environment              = "staging"
  project_id               = "twofold-test"
  project_number           = "123456789012"
  push_subscription        = "twofold-notices-push"

  channels = {
    operators = { labels = { email_address = "ops@example.com" }, type = "email" }
    pager     = { labels = { service_key = "key" }, type = "pagerduty" }
  }
}

run "what_is_promised" {
  assert {
    condition = alltrue([
      for slo in google_monitoring_slo.freshness :
      slo.request_based_sli[0].distribution_cut[0].range[0].max == 30
    ])
    error_message = "A change is visible within 30 seconds."
  }

  assert {
    condition = alltrue([
      for name in ["freshness_fast", "freshness_slow", "intake"] : alltrue([
        for condition in google_monitoring_alert_policy.default[name].conditions :
        startswith(condition.condition_threshold[0].filter, "select_slo_burn_rate(")
      ]) && google_monitoring_alert_policy.default[name].combiner == "AND" && length(google_monitoring_alert_policy.default[name].conditions) == 2
    ])
    error_message = "Objectives are watched by burn rates over a long and a short window."
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.default : length(policy.notification_channels) == 2])
    error_message = "Every alert goes to every channel."
  }

  assert {
    condition = alltrue([
      for name in ["connection", "contention", "dead_letters", "freshness_fast", "intake", "no_traffic", "parked", "queue_delay", "refused_signatures"] :
      contains(keys(google_monitoring_alert_policy.default), name)
    ])
    error_message = "Every symptom that a person must hear of has its alert."
  }

  # No figure is listed in vain: each is in a chart.
  assert {
    condition = alltrue([
      for name, kind in output.metrics :
      strcontains(google_monitoring_dashboard.default.dashboard_json, "prometheus.googleapis.com/${name}/${kind}")
    ])
    error_message = "Every figure of ours is on the dashboard."
  }

  assert {
    condition = alltrue([
      for tile in jsondecode(google_monitoring_dashboard.default.dashboard_json).mosaicLayout.tiles : tile.xPos + tile.width <= 12
    ])
    error_message = "The dashboard is twelve columns wide."
  }

  assert {
    condition     = length(google_billing_budget.default) == 0 && !contains(keys(output.alerts), "budget")
    error_message = "Without a budget there is none, and no alert of it."
  }
}

run "with_a_budget" {
  command = plan

  variables {
    budget = { billing_account = "000000-000000-000000", units = 300 }
  }

  assert {
    condition     = length(google_billing_budget.default["month"].threshold_rules) == 3 && output.alerts["budget"] == "The budget runs out"
    error_message = "A budget tells before it is spent, and by its forecast."
  }
}

run "a_goal_that_allows_nothing" {
  command = plan

  variables {
    objectives = { freshness_goal = 1 }
  }

  expect_failures = [var.objectives]
}
