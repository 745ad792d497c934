#!/usr/bin/env bash
# Drives the emulator with `gcloud tasks`, which speaks REST, and `gcloud beta tasks`.
# Usage: conformance/gcloud.sh   (after mvn package; needs the Google Cloud CLI)

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
command -v gcloud >/dev/null || skip "gcloud is not installed: 'gcloud tasks' was not checked"

start_emulator
export CLOUDSDK_CONFIG="$work/gcloud"
export CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDTASKS="$emulator_url/"
export CLOUDSDK_AUTH_DISABLE_CREDENTIALS=true
export CLOUDSDK_CORE_PROJECT=demo
export CLOUDSDK_CORE_DISABLE_PROMPTS=1
export CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK=true
export CLOUDSDK_CORE_DISABLE_USAGE_REPORTING=true
at="--location=europe-west1"

tasks() { gcloud tasks "$@" "$at" 2>&1; }

out="$(tasks queues create work --max-dispatches-per-second=15 --max-attempts=7)"
expect "queues create" "Created queue \[europe-west1/work\]" "$out"

out="$(tasks queues create work || true)"
expect "queues create again" "ALREADY_EXISTS|Queue already exists" "$out"

out="$(tasks queues describe work --format=json)"
expect "queues describe: rate" '"maxDispatchesPerSecond": 15' "$out"
expect "queues describe: burst" '"maxBurstSize": 10' "$out"
expect "queues describe: attempts" '"maxAttempts": 7' "$out"

out="$(tasks queues update work --max-dispatches-per-second=100 --format=json)"
expect "queues update" '"maxDispatchesPerSecond": 100' "$out"
expect "queues update keeps the rest" '"maxAttempts": 7' "$out"

out="$(tasks queues pause work)"
expect "queues pause" "Paused queue" "$out"
out="$(tasks queues list)"
expect "queues list" "work +PAUSED" "$out"
out="$(tasks queues list --filter=state:RUNNING)"
expect_not "queues list, filtered" "work +PAUSED" "$out"

out="$(tasks create-http-task one --queue=work --url="$emulator_url/healthz" --method=POST \
  --header=content-type:application/json --body-content='{"hello":"world"}')"
expect "create-http-task" "Created task|tasks/one" "$out"
out="$(tasks create-http-task one --queue=work --url="$emulator_url/healthz" || true)"
expect "create-http-task again" "Requested entity already exists" "$out"
tasks create-http-task two --queue=work --url="$emulator_url/healthz" --method=GET >/dev/null

out="$(tasks list --queue=work)"
expect "list" "one" "$out"
out="$(tasks describe one --queue=work --format=json)"
expect "describe" '"User-Agent": "Google-Cloud-Tasks"' "$out"
expect_not "describe hides the body" '"body"' "$out"
out="$(tasks describe one --queue=work --response-view=FULL --format=json)"
expect "describe in full" '"body"' "$out"

out="$(tasks run two --queue=work --format=json)"
expect "run" '"dispatchCount": 1' "$out"
out="$(tasks describe nothing --queue=work || true)"
expect "describe a missing one" "NOT_FOUND: Requested entity was not found" "$out"

out="$(tasks delete one --queue=work)"
expect "delete" "Deleted task" "$out"
out="$(tasks describe one --queue=work || true)"
expect "describe a deleted one" "a task with this name existed recently" "$out"

out="$(gcloud beta tasks queues describe work "$at" --format=json 2>&1)"
expect "beta queues describe" '"taskTtl"' "$out"

out="$(gcloud tasks locations list 2>&1)"
expect "locations list" "europe-west1" "$out"
out="$(tasks queues purge work)"
expect "queues purge" "Purged queue" "$out"
out="$(tasks list --queue=work)"
expect "list after purge" "Listed 0 items" "$out"
out="$(tasks queues resume work)"
expect "queues resume" "Resumed queue" "$out"
out="$(tasks queues delete work)"
expect "queues delete" "Deleted queue" "$out"
out="$(tasks queues describe work || true)"
expect "describe a missing queue" "NOT_FOUND: Queue does not exist" "$out"

echo "gcloud tasks works against the emulator"
