output "alerts" {
  description = "Heading of docs/runbook.md that each alert names."
  value = merge(
    { for name, policy in google_monitoring_alert_policy.default : name => trimprefix(policy.display_name, "Twofold: ") },
    { for name in ["budget"] : name => local.budget_heading if length(google_billing_budget.default) > 0 },
  )
}

output "dashboard" {
  description = "Id of the dashboard."
  value       = google_monitoring_dashboard.default.id
}

output "metrics" {
  description = "Kind of every figure of our own that dashboard and alerts use."
  value       = { for metric in values(local.exported) : metric.name => metric.kind }
}
