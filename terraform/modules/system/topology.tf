locals {
  # What the local stack is made from too, so that what is tested is what is deployed.
  topology = jsondecode(file("${path.module}/../../topology.json"))
  indexes  = jsondecode(file("${path.module}/../../firestore-indexes.json"))
  labels   = { environment = var.environment, system = "twofold" }
}

# Made before everything here, so never created by it.
data "google_project" "default" {
  project_id = var.project_id
}
