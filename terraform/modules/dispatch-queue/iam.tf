locals {
  queue_members = merge([
    for queue in keys(var.queues) : {
      for name, member in var.enqueuers : "${queue}/${name}" => { queue = queue, member = member }
    }
  ]...)
  queue_operators = merge([
    for queue in keys(var.queues) : {
      for name, member in var.operators : "${queue}/${name}" => { queue = queue, member = member }
    }
  ]...)
}

resource "google_cloud_tasks_queue_iam_member" "enqueuer" {
  for_each = local.queue_members
  project  = var.project_id
  location = var.region
  name     = google_cloud_tasks_queue.default[each.value.queue].name
  role     = "roles/cloudtasks.enqueuer"
  member   = each.value.member
}

resource "google_cloud_tasks_queue_iam_member" "operator" {
  for_each = local.queue_operators
  project  = var.project_id
  location = var.region
  name     = google_cloud_tasks_queue.default[each.value.queue].name
  role     = var.operator_role
  member   = each.value.member
}
