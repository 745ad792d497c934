locals {
  # One chart each, in reading order: what comes in, what waits, what goes out, what it runs on.
  charts = [
    { title = "Deliveries by outcome", unit = "a second", series = [
      { filter = local.ours.deliveries, aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["metric.label.provider", "metric.label.outcome"] },
    ] },
    { title = "Intake, 95th percentile", unit = "seconds", series = [
      { filter = local.ours.intake, aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_95", by = ["metric.label.provider"] },
    ] },
    { title = "Notices by outcome", unit = "a second", series = [
      { filter = local.ours.notices, aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["metric.label.side", "metric.label.outcome"] },
    ] },
    { title = "Webhook to visible, median and 95th percentile", unit = "seconds", series = [
      { filter = local.ours.freshness, aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_50", by = ["metric.label.direction", "metric.label.lane"] },
      { filter = local.ours.freshness, aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_95", by = ["metric.label.direction", "metric.label.lane"] },
    ] },
    { title = "Tasks waiting, by queue", unit = "tasks", series = [
      { filter = local.google.queue_depth, aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = ["resource.label.queue_id"] },
    ] },
    { title = "Delay of tasks, 95th percentile, by queue", unit = "milliseconds", series = [
      { filter = local.google.queue_delay, aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_95", by = ["resource.label.queue_id"] },
    ] },
    { title = "Attempts by answer", unit = "a second", series = [
      { filter = local.google.task_attempts, aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["resource.label.queue_id", "metric.label.response_code"] },
    ] },
    { title = "Writes: done, retried, parked, broken", unit = "a second", series = [
      { filter = local.ours.writes, aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["metric.label.side", "metric.label.outcome"] },
    ] },
    { title = "Share of the limit in use", unit = "0 to 1", series = [
      { filter = local.ours.limit_use, aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = ["metric.label.tenant", "metric.label.side"] },
    ] },
    { title = "Limit in force", unit = "calls a second", series = [
      { filter = local.ours.limit_current, aligner = "ALIGN_MIN", reducer = "REDUCE_MIN", by = ["metric.label.tenant", "metric.label.side", "metric.label.scope"] },
    ] },
    { title = "Limit lowered by a provider", unit = "times", series = [
      { filter = local.ours.limit_lowered, aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.tenant", "metric.label.side", "metric.label.scope"] },
    ] },
    { title = "Work waiting for HubSpot", unit = "rows", series = [
      { filter = local.ours.outbox, aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = ["metric.label.tenant"] },
    ] },
    { title = "Parked", unit = "items", series = [
      { filter = local.ours.parked, aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.tenant", "metric.label.side"] },
    ] },
    { title = "Dead letters: new, waiting", unit = "messages", series = [
      { filter = local.google.dead_lettered, aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = [] },
      { filter = local.google.dead_letters, aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = [] },
    ] },
    { title = "Connections broken", unit = "0 or 1", series = [
      { filter = local.ours.connection, aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = ["metric.label.tenant", "metric.label.side"] },
    ] },
    { title = "Oldest message not yet taken in", unit = "seconds", series = [
      { filter = local.google.push_backlog, aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = [] },
    ] },
    { title = "Commits: done, race lost", unit = "a second", series = [
      { filter = local.ours.commits, aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["metric.label.outcome"] },
    ] },
    { title = "Instances by service", unit = "instances", series = [
      { filter = local.google.instances, aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", by = ["resource.label.service_name"] },
    ] },
  ]
  columns = 3
}

resource "google_monitoring_dashboard" "default" {
  project = var.project_id

  dashboard_json = jsonencode({
    displayName = "Twofold"
    labels      = { twofold = "" }
    mosaicLayout = {
      columns = 12
      tiles = [
        for position, chart in local.charts : {
          xPos   = (position % local.columns) * (12 / local.columns)
          yPos   = floor(position / local.columns) * 4
          width  = 12 / local.columns
          height = 4
          widget = {
            title = chart.title
            xyChart = {
              yAxis = { label = chart.unit, scale = "LINEAR" }
              dataSets = [
                for series in chart.series : {
                  plotType   = "LINE"
                  targetAxis = "Y1"
                  timeSeriesQuery = {
                    timeSeriesFilter = {
                      filter = series.filter
                      aggregation = {
                        alignmentPeriod    = "60s"
                        perSeriesAligner   = series.aligner
                        crossSeriesReducer = series.reducer
                        groupByFields      = series.by
                      }
                    }
                  }
                }
              ]
            }
          }
        }
      ]
    }
  })
}
