locals {
  burn_rate = {
    for name, slo in {
      changes = google_monitoring_slo.freshness["changes"].name
      intake  = google_monitoring_slo.intake.name
      people  = google_monitoring_slo.freshness["people"].name
    } :
    name => { for window in ["300s", "1800s", "3600s", "21600s"] : window => "select_slo_burn_rate(\"${slo}\", \"${window}\")" }
  }

  # By heading of docs/runbook.md. Several conditions of one alert hold together, or any of them, as
  # its combiner says. The two windows of a burn rate make an alert begin and end with the trouble:
  # https://sre.google/workbook/alerting-on-slos/
  alerts = {
    connection = {
      heading  = "The tenant is broken"
      severity = "CRITICAL"
      text     = "A provider answers 401 or 403: it no longer lets us in for the tenant and side named here. The tenant's queues are paused; changes are still taken in and nothing is lost, but nothing is written."
      conditions = {
        "A connection is broken" = {
          filter    = local.ours.connection
          aligner   = "ALIGN_MAX"
          reducer   = "REDUCE_MAX"
          group_by  = ["metric.label.tenant", "metric.label.side"]
          period    = "120s"
          threshold = 0
        }
      }
    }

    contention = {
      heading  = "Firestore is contended"
      severity = "WARNING"
      text     = "Commits lose their race again and again, or Firestore aborts them: several processes want the same documents at once. Changes still arrive, later and at a higher price."
      conditions = {
        "Commits lose their race" = {
          filter      = "${local.ours.commits} metric.label.outcome=\"lost_race\""
          denominator = local.ours.commits
          aligner     = "ALIGN_RATE"
          reducer     = "REDUCE_SUM"
          period      = "600s"
          duration    = "600s"
          threshold   = 0.3
        }
        "Firestore aborts calls" = {
          filter    = "${local.google.firestore_calls} metric.label.response_code=\"ABORTED\""
          aligner   = "ALIGN_RATE"
          reducer   = "REDUCE_SUM"
          period    = "300s"
          duration  = "600s"
          threshold = 1
        }
      }
    }

    dead_letters = {
      heading  = "Messages in the dead-letter topic"
      severity = "CRITICAL"
      text     = "A delivery was refused a hundred times, for about an hour and a half, and was set aside. Its changes are missing until it is published again. The alert ends when none is left."
      conditions = {
        "Dead letters are waiting" = {
          filter    = local.google.dead_letters
          aligner   = "ALIGN_MAX"
          reducer   = "REDUCE_SUM"
          period    = "300s"
          threshold = 0
        }
      }
    }

    freshness_fast = {
      heading  = "Changes arrive late"
      severity = "CRITICAL"
      combiner = "AND"
      text     = "So many changes of people take longer than ${var.objectives.freshness_seconds} s, from the provider's time stamp to the answer that shows them on the other side, that the month's allowance would be spent in two days."
      conditions = {
        "Burns 14.4 times too fast for an hour" = { filter = local.burn_rate.people["3600s"], threshold = 14.4 }
        "And did so in the last five minutes"   = { filter = local.burn_rate.people["300s"], threshold = 14.4 }
      }
    }

    freshness_slow = {
      heading  = "Changes arrive late again and again"
      severity = "WARNING"
      combiner = "AND"
      text     = "Changes, those of imports and integrations among them, have been late for hours; at this rate the month's allowance would be spent in five days."
      conditions = {
        "Burns 6 times too fast for six hours"   = { filter = local.burn_rate.changes["21600s"], threshold = 6 }
        "And did so in the last half of an hour" = { filter = local.burn_rate.changes["1800s"], threshold = 6 }
      }
    }

    intake = {
      heading  = "Ingest cannot publish"
      severity = "CRITICAL"
      combiner = "AND"
      text     = "Proven deliveries are answered 503, because Pub/Sub did not acknowledge them in time or ingest had too many in hand. Providers send them again, HubSpot for 24 hours and Stripe for three days; after that they are lost."
      conditions = {
        "Burns 14.4 times too fast for an hour" = { filter = local.burn_rate.intake["3600s"], threshold = 14.4 }
        "And did so in the last five minutes"   = { filter = local.burn_rate.intake["300s"], threshold = 14.4 }
      }
    }

    no_traffic = {
      heading  = "No deliveries arrive"
      severity = "WARNING"
      text     = "Not one delivery was taken in for ${var.quiet_hours_max} hours. Either nobody works, or the providers no longer reach us: a webhook was removed, its address changed, or ingest is down."
      conditions = {
        "Nothing was taken in" = {
          filter     = "${local.ours.deliveries} metric.label.outcome=\"accepted\""
          aligner    = "ALIGN_DELTA"
          reducer    = "REDUCE_SUM"
          period     = "${var.quiet_hours_max * 3600}s"
          comparison = "COMPARISON_LT"
          threshold  = 1
          duration   = "300s"
          # No figure at all is as quiet as a zero.
          missing = "EVALUATION_MISSING_DATA_ACTIVE"
        }
      }
    }

    parked = {
      heading  = "Something is parked"
      severity = "WARNING"
      text     = "More records than usual were set aside within an hour because a provider refuses their values or they failed for a day. They wait for a person; other records go on."
      conditions = {
        "The parked grow" = {
          filter    = local.ours.parked
          aligner   = "ALIGN_DELTA"
          reducer   = "REDUCE_SUM"
          group_by  = ["metric.label.tenant", "metric.label.side"]
          period    = "3600s"
          threshold = var.parked_per_hour_max
        }
      }
    }

    queue_delay = {
      heading  = "Many tasks wait"
      severity = "WARNING"
      text     = "Tasks start long after they were due. Express tasks, those of people, should start at once; bulk tasks may wait for as long as an import takes, but not for half an hour."
      conditions = {
        "Express tasks start late" = {
          filter    = "${local.google.queue_delay} resource.label.queue_id=monitoring.regex.full_match(\".*-express\")"
          aligner   = "ALIGN_PERCENTILE_95"
          reducer   = "REDUCE_MAX"
          group_by  = ["resource.label.queue_id"]
          period    = "300s"
          duration  = "300s"
          threshold = 15000
        }
        "Tasks start very late" = {
          filter    = local.google.queue_delay
          aligner   = "ALIGN_PERCENTILE_95"
          reducer   = "REDUCE_MAX"
          group_by  = ["resource.label.queue_id"]
          period    = "300s"
          duration  = "900s"
          threshold = 1800000
        }
      }
    }

    refused_signatures = {
      heading  = "Signatures are refused"
      severity = "ERROR"
      text     = "Deliveries are answered 401: their signature is not that of the tenant's secret. A secret was rolled on one side only, the public address differs from the one the provider signs, or somebody forges deliveries."
      conditions = {
        "Deliveries are not authentic" = {
          filter    = "${local.ours.deliveries} metric.label.outcome=\"forged\""
          aligner   = "ALIGN_DELTA"
          reducer   = "REDUCE_SUM"
          group_by  = ["metric.label.tenant", "metric.label.provider"]
          period    = "600s"
          threshold = 10
        }
      }
    }
  }
}

resource "google_monitoring_alert_policy" "default" {
  for_each              = local.alerts
  project               = var.project_id
  display_name          = "Twofold: ${each.value.heading}"
  severity              = each.value.severity
  combiner              = try(each.value.combiner, "OR")
  notification_channels = [for channel in google_monitoring_notification_channel.default : channel.name]
  user_labels           = merge(var.labels, { alert = each.key })

  documentation {
    subject   = "[${var.environment}] ${each.value.heading}"
    mime_type = "text/markdown"
    content   = "${each.value.text}\n\nWhat to do: docs/runbook.md, \"${each.value.heading}\"."
  }

  alert_strategy {
    # An alert ends when its condition does; this is for figures that stop coming.
    auto_close           = "86400s"
    notification_prompts = ["OPENED", "CLOSED"]
  }

  dynamic "conditions" {
    for_each = each.value.conditions
    content {
      display_name = conditions.key

      condition_threshold {
        filter                  = conditions.value.filter
        comparison              = try(conditions.value.comparison, "COMPARISON_GT")
        threshold_value         = conditions.value.threshold
        duration                = try(conditions.value.duration, "0s")
        denominator_filter      = try(conditions.value.denominator, null)
        evaluation_missing_data = try(conditions.value.missing, null)

        dynamic "aggregations" {
          for_each = can(conditions.value.aligner) ? [conditions.value] : []
          content {
            alignment_period     = aggregations.value.period
            per_series_aligner   = aggregations.value.aligner
            cross_series_reducer = aggregations.value.reducer
            group_by_fields      = try(aggregations.value.group_by, [])
          }
        }

        dynamic "denominator_aggregations" {
          for_each = can(conditions.value.denominator) ? [conditions.value] : []
          content {
            alignment_period     = denominator_aggregations.value.period
            per_series_aligner   = denominator_aggregations.value.aligner
            cross_series_reducer = denominator_aggregations.value.reducer
            group_by_fields      = try(denominator_aggregations.value.group_by, [])
          }
        }

        trigger {
          count = 1
        }
      }
    }
  }
}
