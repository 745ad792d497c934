locals {
  budget_heading = "The budget runs out"
}

resource "google_billing_budget" "default" {
  for_each        = var.budget == null ? {} : { month = var.budget }
  billing_account = each.value.billing_account
  display_name    = "Twofold ${var.environment}: ${local.budget_heading}, see docs/runbook.md"

  budget_filter {
    projects        = ["projects/${var.project_number}"]
    calendar_period = "MONTH"
  }

  amount {
    specified_amount {
      currency_code = each.value.currency
      units         = tostring(each.value.units)
    }
  }

  threshold_rules {
    threshold_percent = 0.8
  }

  threshold_rules {
    threshold_percent = 1
  }

  # What the month will have cost at its end, by Google's forecast.
  threshold_rules {
    threshold_percent = 1.2
    spend_basis       = "FORECASTED_SPEND"
  }

  all_updates_rule {
    # Budgets notify by e-mail only, and at most five channels.
    monitoring_notification_channels = slice(local.email_channels, 0, min(5, length(local.email_channels)))
    disable_default_iam_recipients   = length(local.email_channels) > 0
  }
}

locals {
  email_channels = [
    for name, channel in google_monitoring_notification_channel.default : channel.name
    if var.channels[name].type == "email"
  ]
}
