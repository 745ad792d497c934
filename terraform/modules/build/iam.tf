locals {
  # Reading what Terraform manages, to compare; of what is stored, described or written, nothing.
  reading = [
    "artifactregistry.repositories.get",
    "artifactregistry.repositories.getIamPolicy",
    "cloudbuild.builds.get",
    "cloudbuild.builds.list",
    "cloudscheduler.jobs.get",
    "cloudscheduler.jobs.list",
    "cloudtasks.queues.get",
    "cloudtasks.queues.getIamPolicy",
    "cloudtasks.queues.list",
    "datastore.backupSchedules.get",
    "datastore.backupSchedules.list",
    "datastore.databases.get",
    "datastore.databases.getMetadata",
    "datastore.databases.list",
    "datastore.indexes.get",
    "datastore.indexes.list",
    "datastore.operations.get",
    "iam.roles.get",
    "iam.roles.list",
    "iam.serviceAccounts.get",
    "iam.serviceAccounts.getIamPolicy",
    "iam.serviceAccounts.list",
    "monitoring.alertPolicies.get",
    "monitoring.alertPolicies.list",
    "monitoring.dashboards.get",
    "monitoring.dashboards.list",
    "monitoring.notificationChannels.get",
    "monitoring.notificationChannels.list",
    "monitoring.services.get",
    "monitoring.services.list",
    "monitoring.slos.get",
    "monitoring.slos.list",
    "pubsub.subscriptions.get",
    "pubsub.subscriptions.getIamPolicy",
    "pubsub.topics.get",
    "pubsub.topics.getIamPolicy",
    "resourcemanager.projects.get",
    "resourcemanager.projects.getIamPolicy",
    "run.operations.get",
    "run.revisions.get",
    "run.revisions.list",
    "run.services.get",
    "run.services.getIamPolicy",
    "run.services.list",
    "secretmanager.secrets.get",
    "secretmanager.secrets.getIamPolicy",
    "secretmanager.secrets.list",
    "secretmanager.versions.get",
    "secretmanager.versions.list",
    "storage.buckets.get",
    "storage.buckets.getIamPolicy",
  ]

  # Changing what Terraform manages. The predefined roles would also let it read documents, messages
  # and the values of secrets.
  changing = [
    "cloudbuild.builds.update",
    "cloudscheduler.jobs.create",
    "cloudscheduler.jobs.delete",
    "cloudscheduler.jobs.enable",
    "cloudscheduler.jobs.pause",
    "cloudscheduler.jobs.update",
    "cloudtasks.queues.create",
    "cloudtasks.queues.setIamPolicy",
    "cloudtasks.queues.update",
    "datastore.backupSchedules.create",
    "datastore.backupSchedules.update",
    "datastore.databases.create",
    "datastore.databases.update",
    "datastore.indexes.create",
    "datastore.indexes.delete",
    "datastore.indexes.update",
    "iam.roles.create",
    "iam.roles.update",
    "iam.serviceAccounts.create",
    "iam.serviceAccounts.setIamPolicy",
    "iam.serviceAccounts.update",
    "monitoring.alertPolicies.create",
    "monitoring.alertPolicies.delete",
    "monitoring.alertPolicies.update",
    "monitoring.dashboards.create",
    "monitoring.dashboards.delete",
    "monitoring.dashboards.update",
    "monitoring.notificationChannels.create",
    "monitoring.notificationChannels.delete",
    "monitoring.notificationChannels.update",
    "monitoring.services.create",
    "monitoring.services.update",
    "monitoring.slos.create",
    "monitoring.slos.delete",
    "monitoring.slos.update",
    "pubsub.subscriptions.create",
    "pubsub.subscriptions.setIamPolicy",
    "pubsub.subscriptions.update",
    "pubsub.topics.attachSubscription",
    "pubsub.topics.create",
    "pubsub.topics.setIamPolicy",
    "pubsub.topics.update",
    "run.services.create",
    "run.services.setIamPolicy",
    "run.services.update",
    "secretmanager.secrets.create",
    "secretmanager.secrets.setIamPolicy",
    "secretmanager.secrets.update",
    "secretmanager.versions.add",
    "storage.buckets.create",
    "storage.buckets.setIamPolicy",
    "storage.buckets.update",
  ]

  # Project grants that the deployer may make and take back; it cannot make itself an owner.
  grantable = [
    "roles/datastore.user",
    "roles/telemetry.metricsWriter",
    "roles/telemetry.tracesWriter",
  ]
}

resource "google_project_iam_custom_role" "default" {
  for_each = {
    twofoldDeployer = { permissions = local.changing, title = "Twofold deployer" }
    twofoldPlanner  = { permissions = local.reading, title = "Twofold planner" }
  }
  project     = var.project_id
  role_id     = each.key
  title       = each.value.title
  permissions = each.value.permissions
}

resource "google_project_iam_member" "reading" {
  for_each = local.members
  project  = var.project_id
  role     = google_project_iam_custom_role.default["twofoldPlanner"].name
  member   = each.value
}

resource "google_project_iam_member" "changing" {
  project = var.project_id
  role    = google_project_iam_custom_role.default["twofoldDeployer"].name
  member  = local.members.deployer
}

resource "google_project_iam_member" "grants" {
  project = var.project_id
  role    = "roles/resourcemanager.projectIamAdmin"
  member  = local.members.deployer

  condition {
    title       = "twofold-grants"
    description = "Only the roles that Twofold's services have on the project."
    expression  = "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([${join(", ", [for role in local.grantable : "'${role}'"])}])"
  }
}

# To change what a trigger runs as one of them.
resource "google_service_account_iam_member" "triggers" {
  for_each           = google_service_account.default
  service_account_id = each.value.name
  role               = "roles/iam.serviceAccountUser"
  member             = local.members.deployer
}

# Logs have no resource below the project to grant on. The deployer looks for failures of a new
# revision in them.
resource "google_project_iam_member" "logs" {
  for_each = merge(
    { for name, member in local.members : "${name}/writer" => { member = member, role = "roles/logging.logWriter" } },
    { "deployer/viewer" = { member = local.members.deployer, role = "roles/logging.viewer" } },
  )
  project = var.project_id
  role    = each.value.role
  member  = each.value.member
}

resource "google_artifact_registry_repository_iam_member" "images" {
  for_each = {
    deployer = "roles/artifactregistry.reader"
    planner  = "roles/artifactregistry.writer"
  }
  project    = var.project_id
  location   = var.region
  repository = var.registry
  role       = each.value
  member     = local.members[each.key]
}

# Terraform's state, and beside it the plan that waits for approval. Both lock the state.
resource "google_storage_bucket_iam_member" "state" {
  for_each = local.members
  bucket   = var.state_bucket
  role     = "roles/storage.objectUser"
  member   = each.value
}

# The bill of materials of each image.
resource "google_storage_bucket_iam_member" "sbom" {
  for_each = toset(["roles/storage.objectUser", "roles/storage.legacyBucketReader"])
  bucket   = var.sbom_bucket
  role     = each.value
  member   = local.members.planner
}

# To note at the image where its bill of materials is.
resource "google_project_iam_member" "sbom" {
  for_each = toset(["roles/containeranalysis.notes.editor", "roles/containeranalysis.occurrences.editor"])
  project  = var.project_id
  role     = each.value
  member   = local.members.planner
}

resource "google_pubsub_topic_iam_member" "deployments" {
  project = var.project_id
  topic   = google_pubsub_topic.deployments.name
  role    = "roles/pubsub.publisher"
  member  = local.members.planner
}

resource "google_project_iam_member" "approver" {
  for_each = var.approvers
  project  = var.project_id
  role     = "roles/cloudbuild.builds.approver"
  member   = each.value
}
