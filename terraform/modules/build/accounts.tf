locals {
  accounts = {
    deployer = "Applies approved plans and moves traffic to new revisions."
    planner  = "Builds, tests, makes images and plans; changes nothing that runs."
  }
  members = { for name, account in google_service_account.default : name => account.member }
}

resource "google_service_account" "default" {
  for_each     = local.accounts
  project      = var.project_id
  account_id   = "twofold-${each.key}"
  display_name = "twofold-${each.key}"
  description  = each.value
}
