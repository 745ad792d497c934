# Whom Cloud Tasks and Cloud Scheduler call the writes service as.
resource "google_service_account" "tasks" {
  project      = var.project_id
  account_id   = "twofold-tasks"
  display_name = "twofold-tasks"
  description  = "Whom tasks and schedules call the writes service as."
}

# Whoever creates a task or a schedule that calls as an account must be allowed to act as it.
resource "google_service_account_iam_member" "tasks_user" {
  for_each = {
    deployer = module.build.members.deployer
    notices  = module.service["notices"].member
    writes   = module.service["writes"].member
  }
  service_account_id = google_service_account.tasks.name
  role               = "roles/iam.serviceAccountUser"
  member             = each.value
}

# Operators, and the check of a new revision, call as this account too: nobody else is let in, and
# who took its token is in the audit log.
resource "google_service_account_iam_member" "tasks_token" {
  for_each           = merge(var.operators, { deployer = module.build.members.deployer })
  service_account_id = google_service_account.tasks.name
  role               = "roles/iam.serviceAccountOpenIdTokenCreator"
  member             = each.value
}

# What the sync service does with queues beyond creating tasks; the predefined role for it could also
# delete them.
resource "google_project_iam_custom_role" "queue_operator" {
  project     = var.project_id
  role_id     = "twofoldQueueOperator"
  title       = "Twofold queue operator"
  description = "Looks for a task, and pauses and resumes a queue."
  permissions = [
    "cloudtasks.queues.get",
    "cloudtasks.queues.pause",
    "cloudtasks.queues.resume",
    "cloudtasks.tasks.get",
  ]
}
