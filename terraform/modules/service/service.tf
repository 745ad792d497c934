locals {
  # Cloud Run gives every service this address beside the one with a random part, so that services
  # can be told of each other before they exist.
  url = "https://${var.name}-${var.project_number}.${var.region}.run.app"

  environment = merge(var.environment, {
    SPRING_CONFIG_ADDITIONAL_LOCATION = "file:${local.settings_folder}/"
    SPRING_PROFILES_ACTIVE            = "cloud"
    MANAGEMENT_SERVER_PORT            = tostring(local.management_port)
  })

  # Requests from outside reach this port only; health is asked for at the other, which Cloud Run's
  # probes reach and nobody else.
  port            = 8080
  management_port = 9090
}

resource "google_cloud_run_v2_service" "default" {
  project             = var.project_id
  location            = var.region
  name                = var.name
  description         = var.description
  ingress             = var.ingress
  iap_enabled         = length(var.iap_accessors) > 0
  custom_audiences    = [local.url]
  deletion_protection = var.deletion_protection
  labels              = var.labels

  template {
    service_account                  = google_service_account.default.email
    max_instance_request_concurrency = var.concurrency
    timeout                          = var.timeout

    scaling {
      min_instance_count = var.scaling.min
      max_instance_count = var.scaling.max
    }

    containers {
      name  = "app"
      image = var.image

      ports {
        container_port = local.port
      }

      resources {
        limits = {
          cpu    = var.resources.cpu
          memory = var.resources.memory
        }
        # Instance-based billing: heartbeats and the export of metrics run between requests too.
        cpu_idle          = false
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = local.environment
        content {
          name  = env.key
          value = env.value
        }
      }

      volume_mounts {
        name       = "settings"
        mount_path = local.settings_folder
      }

      # The port opens when the application is complete; a placeholder image passes too.
      startup_probe {
        initial_delay_seconds = 0
        period_seconds        = 1
        timeout_seconds       = 1
        failure_threshold     = 120

        tcp_socket {
          port = local.port
        }
      }

      # Only the process's own state: a store that is away must not restart it.
      liveness_probe {
        initial_delay_seconds = 30
        period_seconds        = 30
        timeout_seconds       = 5
        failure_threshold     = 3

        http_get {
          path = "/actuator/health/liveness"
          port = local.management_port
        }
      }
    }

    volumes {
      name = "settings"

      secret {
        secret = google_secret_manager_secret.settings.secret_id

        items {
          version = "latest"
          path    = local.settings_file
        }
      }
    }
  }

  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 100
  }

  lifecycle {
    # Images and the split of traffic are the delivery's business (terraform/deploy).
    ignore_changes = [
      client,
      client_version,
      template[0].annotations,
      template[0].containers[0].image,
      template[0].labels,
      traffic,
    ]
  }

  # A revision fails whose mounted secret it may not read, or has no version.
  depends_on = [
    google_secret_manager_secret_iam_member.settings,
    google_secret_manager_secret_version.settings,
  ]
}
