# The one file to fill in. docs/deploy.md goes through it from an empty project on.

project_id = "twofold-staging"
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

# A test account is quiet at night.
quiet_hours_max = 24

# Fewer instances than in production.
scaling = {
  ingest  = { min = 1, max = 3 }
  notices = { min = 1, max = 3 }
}
