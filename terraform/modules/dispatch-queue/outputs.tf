output "queues" {
  description = "What each queue was made with, by its full name."
  value = {
    for queue in google_cloud_tasks_queue.default : queue.name => {
      logging      = queue.stackdriver_logging_config[0].sampling_ratio
      rate_limits  = queue.rate_limits[0]
      retry_config = queue.retry_config[0]
    }
  }
  depends_on = [google_cloud_tasks_queue_iam_member.enqueuer]
}
