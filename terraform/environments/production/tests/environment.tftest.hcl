mock_provider "google" {
  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

variables {
  base_image = "eclipse-temurin:25-jre@sha256:0000000000000000000000000000000000000000000000000000000000000000"
}

# The committed variable file makes a whole system.
run "production" {
  assert {
    condition     = keys(output.services) == ["ingest", "notices", "writes"]
    error_message = "The environment makes three services."
  }

  assert {
    condition     = output.webhooks["main"].stripe == "${output.services["ingest"]}/webhooks/stripe/main"
    error_message = "Webhooks go to the ingest service where no other address is set."
  }

  assert {
    condition     = var.deletion_protection
    error_message = "What is stored is protected."
  }
}
