# Runs bootstrap/run in a copy, against a gcloud and a terraform that note what they are asked for.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/terraform/environments/staging"
cp -r "$here/bootstrap" "$work/terraform/"
export PATH="$work/bin:$PATH" CALLS="$work/calls" BUCKET_EXISTS=
cat >"$work/bin/gcloud" <<'SH'
#!/bin/sh
echo "gcloud $*" >>"$CALLS"
case "$*" in
  'storage buckets describe'*) [ -n "$BUCKET_EXISTS" ] ;;
  'projects describe'*) echo 123456789012 ;;
esac
SH
printf '#!/bin/sh\necho "terraform $*" >>"$CALLS"\n' >"$work/bin/terraform"
chmod +x "$work/bin/gcloud" "$work/bin/terraform"
failed=0
check() {
  if eval "$2"; then echo "  passed  $1"; else
    echo "  FAILED  $1"
    cat "$work/out" "$CALLS"
    failed=1
  fi
}
bootstrap() {
  : >"$CALLS"
  "$work/terraform/bootstrap/run" "$@" >"$work/out" 2>&1
}
values() { printf '%s\n' "$@" >"$work/terraform/environments/staging/terraform.tfvars"; }
line() { grep -n -m 1 -- "$1" "$CALLS" | cut -d: -f1; }

echo "bootstrap"
values '# project_id = "not-this"' 'project_id = "twofold-test" # ours' 'region     = "europe-west1"' '# kms_key = "…"'
bootstrap production
check "refuses an environment that is not there, and names those that are" "[ $? = 2 ] && [ ! -s '$CALLS' ] && grep -q staging '$work/out'"
bootstrap staging
check "goes through" "[ $? = 0 ]"
check "makes the bucket before Terraform uses it" "[ \$(line 'buckets create gs://twofold-test-terraform') -lt \$(line 'terraform -chdir=bootstrap init') ]"
check "turns the APIs on before it asks for accounts" "[ \$(line 'terraform -chdir=bootstrap apply') -lt \$(line 'identity create') ]"
check "asks for Pub/Sub's account" "grep -q 'identity create --project twofold-test --service pubsub.googleapis.com' '$CALLS'"
check "leaves the environment ready" "tail -n 1 '$CALLS' | grep -q -- '-chdir=environments/staging init .*-backend-config=bucket=twofold-test-terraform'"
check "sets no key where there is none" "! grep -q -e kms_key -e cmek '$CALLS'"
BUCKET_EXISTS=yes
bootstrap staging
check "leaves a bucket alone that is there" "[ $? = 0 ] && ! grep -q 'buckets create' '$CALLS'"
values 'project_id = "twofold-test"' 'region = "europe-west1"' 'kms_key = "projects/keys/locations/europe-west1/keyRings/r/cryptoKeys/k"'
bootstrap staging
check "gives the queues their key, after their account may use it" "[ \$(line 'kms keys add-iam-policy-binding') -lt \$(line 'tasks cmek-config update.*cryptoKeys/k') ]"
values 'region = "europe-west1"'
bootstrap staging
check "refuses a file without a project" "[ $? = 2 ] && [ ! -s '$CALLS' ]"
exit $failed
