locals {
  # Triggers need a repository that Cloud Build is connected to, which a person has to do once.
  triggers = var.repository == null ? {} : { connected = var.repository }
  substitutions = {
    _BASE_IMAGE   = var.base_image
    _DEPLOYMENTS  = google_pubsub_topic.deployments.name
    _ENVIRONMENT  = var.environment
    _REGION       = var.region
    _REGISTRY     = "${var.region}-docker.pkg.dev/${var.project_id}/${var.registry}"
    _SBOM_BUCKET  = var.sbom_bucket
    _STATE_BUCKET = var.state_bucket
  }
}

# Where a build asks for the deployment of what it made. It could not start that build itself without
# the right to run any build as the deployer, past the approval.
resource "google_pubsub_topic" "deployments" {
  project      = var.project_id
  name         = "twofold-deployments"
  kms_key_name = var.kms_key
}

resource "google_cloudbuild_trigger" "build" {
  for_each        = local.triggers
  project         = var.project_id
  location        = var.region
  name            = "twofold-build"
  description     = "Tests a commit, makes its images and the plan, and asks for approval."
  filename        = "cloudbuild.yaml"
  service_account = google_service_account.default["planner"].id
  substitutions   = local.substitutions

  repository_event_config {
    repository = each.value.id

    push {
      branch = "^${each.value.branch}$"
    }
  }
}

resource "google_cloudbuild_trigger" "deployment" {
  for_each        = local.triggers
  project         = var.project_id
  location        = var.region
  name            = "twofold-deployment"
  description     = "Applies the plan of a build and moves traffic to its images, once somebody approves."
  service_account = google_service_account.default["deployer"].id
  substitutions = merge(local.substitutions, {
    _BUILD  = "$(body.message.attributes.build)"
    _INGEST = "$(body.message.attributes.ingest)"
    _SYNC   = "$(body.message.attributes.sync)"
  })

  pubsub_config {
    topic = google_pubsub_topic.deployments.id
  }

  source_to_build {
    repository = each.value.id
    ref        = "refs/heads/${each.value.branch}"
    repo_type  = "GITHUB"
  }

  git_file_source {
    path       = "terraform/deploy/deployment.yaml"
    repository = each.value.id
    revision   = "refs/heads/${each.value.branch}"
    repo_type  = "GITHUB"
  }

  approval_config {
    approval_required = true
  }
}
