# The one file to fill in. docs/deploy.md goes through it from an empty project on.

project_id = "twofold-production"
region     = "europe-west1"

# The Java runtime, pinned by digest. It has no default, because only you can check it:
#   docker buildx imagetools inspect eclipse-temurin:25-jre-noble | sed -n 's/^Digest: *//p'
# base_image = "eclipse-temurin:25-jre-noble@sha256:…"

# Who is synced. The ids are digits, known once the HubSpot app is installed.
tenants = {
  main = {}
}

# Who may call the writes service by hand (connect, pause, resume, look something up), and who may
# approve a deployment. For example { ada = "user:ada@example.com", team = "group:crm@example.com" }.
operators = {}
approvers = {}

# Whom alerts are sent to. For example
#   { operators = { type = "email", labels = { email_address = "crm@example.com" } } }
notification_channels = {}

# What a month may cost. For example { billing_account = "000000-000000-000000", units = 400 }.
budget = null

# The address that HubSpot calls and signs, where ingest has a domain of its own in front of it.
# public_url = "https://hooks.example.com"

# Encrypts what is stored with a key of yours, in the same region.
# kms_key = "projects/…/locations/europe-west1/keyRings/…/cryptoKeys/…"

# This code as Cloud Build knows it; without it there are no triggers.
# repository = { id = "projects/…/locations/europe-west1/connections/…/repositories/…" }
