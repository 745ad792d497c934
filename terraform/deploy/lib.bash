# Shared by the scripts beside this file; not run by itself.
set -euo pipefail

PROJECT=${PROJECT:-$(gcloud config get-value project 2>/dev/null)}
REGION=${REGION:-$(gcloud config get-value run/region 2>/dev/null)}
if [ -z "$PROJECT" ] || [ -z "$REGION" ]; then
  echo "set PROJECT and REGION, or gcloud's project and run/region" >&2
  exit 2
fi

say() { printf '== %s\n' "$*"; }

run() { gcloud run "$@" --project "$PROJECT" --region "$REGION" --quiet; }

# A field of a service: a Python expression over `service`, what `describe` tells.
field() {
  run services describe "$1" --format json |
    python3 -c "import json, sys; service = json.load(sys.stdin); print($2)"
}

# The revision that has most of the traffic.
serving() {
  field "$1" 'max((each for each in service["status"]["traffic"] if each.get("percent")), key=lambda each: each["percent"])["revisionName"]'
}

created() { field "$1" 'service["status"]["latestCreatedRevisionName"]'; }

address() { field "$1" 'service["status"]["url"]'; }

tagged() { field "$1" "next(each[\"url\"] for each in service[\"status\"][\"traffic\"] if each.get(\"tag\") == \"$2\")"; }

# An identity token of an account, made out to an address. Asked for at the source: gcloud's own
# command would need the right to take access tokens of the account as well.
token() {
  local account=$1 audience=$2 answer
  answer=$(curl --silent --show-error --fail --max-time 30 --request POST \
    --header "Authorization: Bearer $(gcloud auth print-access-token)" \
    --header 'Content-Type: application/json' \
    --data "{\"audience\": \"$audience\", \"includeEmail\": true}" \
    "${IAM_CREDENTIALS:-https://iamcredentials.googleapis.com}/v1/projects/-/serviceAccounts/$account:generateIdToken")
  python3 -c 'import json, sys; print(json.load(sys.stdin)["token"])' <<<"$answer"
}

# Whom a service lets in; nobody in particular for ingest.
caller() {
  case $1 in
    twofold-notices) echo "twofold-push@$PROJECT.iam.gserviceaccount.com" ;;
    twofold-writes) echo "twofold-tasks@$PROJECT.iam.gserviceaccount.com" ;;
  esac
}

# A tag may be another image tomorrow; what was built and approved is known by its digest.
pinned() {
  if ! [[ $1 =~ ^[a-z0-9][a-z0-9./:_-]*@sha256:[0-9a-f]{64}$ ]]; then
    echo "'$1' is not an image by its digest: expected …@sha256: and 64 hexadecimal digits" >&2
    exit 2
  fi
}
