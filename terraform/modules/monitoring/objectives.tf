resource "google_monitoring_custom_service" "default" {
  project      = var.project_id
  service_id   = "twofold"
  display_name = "Twofold"
}

# People's changes by themselves: an import takes as long as the accounts' limits make it, and should
# wake nobody.
resource "google_monitoring_slo" "freshness" {
  for_each = {
    changes = { filter = local.ours.freshness, words = "A change" }
    people  = { filter = "${local.ours.freshness} metric.label.lane=\"express\"", words = "A person's change" }
  }
  project             = var.project_id
  service             = google_monitoring_custom_service.default.service_id
  slo_id              = "freshness-${each.key}"
  display_name        = "${each.value.words} is visible on the other side within ${var.objectives.freshness_seconds} s"
  goal                = var.objectives.freshness_goal
  rolling_period_days = 28

  request_based_sli {
    distribution_cut {
      distribution_filter = each.value.filter

      range {
        min = 0
        max = var.objectives.freshness_seconds
      }
    }
  }
}

resource "google_monitoring_slo" "intake" {
  project             = var.project_id
  service             = google_monitoring_custom_service.default.service_id
  slo_id              = "intake"
  display_name        = "A proven delivery is taken in at the first attempt"
  goal                = var.objectives.intake_goal
  rolling_period_days = 28

  request_based_sli {
    good_total_ratio {
      good_service_filter = "${local.ours.deliveries} metric.label.outcome=\"accepted\""
      bad_service_filter  = "${local.ours.deliveries} metric.label.outcome=\"unavailable\""
    }
  }
}
