locals {
  # Our own figures, as docs/metrics.md lists them. Sent by OTLP they arrive in the way of Prometheus:
  # https://docs.cloud.google.com/stackdriver/docs/reference/telemetry/v1.metrics
  exported = {
    commits       = { kind = "counter", name = "twofold.commits" }
    connection    = { kind = "gauge", name = "twofold.connection.broken" }
    deliveries    = { kind = "counter", name = "twofold.intake.deliveries" }
    freshness     = { kind = "histogram", name = "twofold.freshness" }
    intake        = { kind = "histogram", name = "twofold.intake.duration" }
    limit_current = { kind = "gauge", name = "twofold.limit.current" }
    limit_lowered = { kind = "counter", name = "twofold.limit.lowered" }
    limit_use     = { kind = "gauge", name = "twofold.limit.use" }
    notices       = { kind = "counter", name = "twofold.notices" }
    outbox        = { kind = "gauge", name = "twofold.outbox.rows" }
    parked        = { kind = "counter", name = "twofold.parked" }
    writes        = { kind = "counter", name = "twofold.writes" }
  }

  ours = {
    for key, metric in local.exported :
    key => "metric.type=\"prometheus.googleapis.com/${metric.name}/${metric.kind}\" resource.type=\"prometheus_target\""
  }

  # Google's own.
  google = {
    dead_letters    = "metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\" resource.type=\"pubsub_subscription\" resource.label.subscription_id=\"${var.dead_letter_subscription}\""
    dead_lettered   = "metric.type=\"pubsub.googleapis.com/subscription/dead_letter_message_count\" resource.type=\"pubsub_subscription\" resource.label.subscription_id=\"${var.push_subscription}\""
    firestore_calls = "metric.type=\"firestore.googleapis.com/api/request_count\" resource.type=\"firestore.googleapis.com/Database\""
    instances       = "metric.type=\"run.googleapis.com/container/instance_count\" resource.type=\"cloud_run_revision\""
    push_backlog    = "metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\" resource.type=\"pubsub_subscription\" resource.label.subscription_id=\"${var.push_subscription}\""
    queue_delay     = "metric.type=\"cloudtasks.googleapis.com/queue/task_attempt_delays\" resource.type=\"cloud_tasks_queue\""
    queue_depth     = "metric.type=\"cloudtasks.googleapis.com/queue/depth\" resource.type=\"cloud_tasks_queue\""
    task_attempts   = "metric.type=\"cloudtasks.googleapis.com/queue/task_attempt_count\" resource.type=\"cloud_tasks_queue\""
  }
}
