# Runs the delivery scripts against a gcloud and a curl that remember instead of calling Google: one
# service, its revisions and their traffic, and answers that can be spoilt.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export WORLD="$work/world.json" PROJECT=twofold-test REGION=europe-west1 SOAK_SECONDS=0
mkdir "$work/bin"
export PATH="$work/bin:$PATH"

cat >"$work/bin/gcloud" <<'PY'
#!/usr/bin/env python3
import json, os, sys
path, words = os.environ["WORLD"], sys.argv[1:]
world = json.load(open(path))
world["calls"].append(" ".join(words))
traffic, option = world["traffic"], lambda name: words[words.index(name) + 1] if name in words else None
status = 0
def url(tag=None):
    return f"https://{tag + '---' if tag else ''}{words[3]}.run.app"
if words[:3] == ["run", "services", "describe"]:
    shown = [{"revisionName": r, "percent": p} for r, p in traffic.items()]
    shown += [{"revisionName": r, "tag": t, "url": url(t)} for t, r in world["tags"].items()]
    print(json.dumps({"status": {"traffic": shown, "latestCreatedRevisionName": world["revisions"][-1], "url": url()}}))
elif words[:3] == ["run", "services", "update"]:
    world["revisions"].append(f"r{len(world['revisions']) + 1}")
    if world.get("does_not_start"):
        status = 1
    elif "--no-traffic" not in words and world["latest"]:
        traffic.clear(); traffic[world["revisions"][-1]] = 100
    if option("--tag"):
        world["tags"][option("--tag")] = world["revisions"][-1]
elif words[:3] == ["run", "services", "update-traffic"]:
    if option("--to-revisions"):
        traffic.clear(); world["latest"] = False
        traffic.update((r, int(p)) for r, p in (each.split("=") for each in option("--to-revisions").split(",")))
    if "--to-latest" in words:
        traffic.clear(); traffic[world["revisions"][-1]] = 100; world["latest"] = True
    if option("--remove-tags"):
        world["tags"].pop(option("--remove-tags"), None)
elif words[:2] == ["logging", "read"]:
    if world.get("fails_from_share") and max(traffic.values()) < 100 and traffic.get(world["revisions"][-1], 0) >= world["fails_from_share"]:
        print("2026-11-21T12:00:00Z")
elif words == ["auth", "print-access-token"]:
    print("access-token")
else:
    sys.exit(f"unexpected: gcloud {' '.join(words)}")
json.dump(world, open(path, "w"))
sys.exit(status)
PY

cat >"$work/bin/curl" <<'PY'
#!/usr/bin/env python3
import json, os, sys
words = sys.argv[1:]
world = json.load(open(os.environ["WORLD"]))
address = words[-1]
if ":generateIdToken" in address:
    world["tokens"].append([address.split("/")[-1].split(":")[0], json.loads(words[words.index("--data") + 1])["audience"]])
    json.dump(world, open(os.environ["WORLD"], "w"))
    print(json.dumps({"token": "identity"}))
    sys.exit()
path = address.split(".run.app")[1]
private = "twofold-ingest" not in address
if private and "Authorization: Bearer identity" not in words:
    print("forbidden\n403"); sys.exit()
answers = {
    "/webhooks/stripe/no-such-tenant": "urn:twofold:problem:unknown-tenant\n404",
    "/webhooks/hubspot/no-such-tenant": "urn:twofold:problem:unknown-tenant\n404",
    "/": "urn:twofold:problem:not-found\n404", "/actuator/health": "urn:twofold:problem:not-found\n404",
    "/notices": "Method Not Allowed\n405",
    "/tenants": '{"tenants":["main"]}\n200', "/tenants/main": '{"state":"unconnected"}\n200',
}
serving = max(world["traffic"], key=world["traffic"].get)
asked = world["tags"].get("candidate") if "candidate---" in address else serving
broken = world.get("broken_revision") == asked
print("Hello\n200" if broken else answers[path], end="")
PY
chmod +x "$work/bin/gcloud" "$work/bin/curl"

failed=0
world() { # world <python dict of what is special>
  python3 -c "import json; json.dump(dict({'revisions': ['r1'], 'traffic': {'r1': 100}, 'latest': True, 'tags': {}, 'calls': [], 'tokens': []}, **$1), open('$WORLD', 'w'))"
}
expect() { # expect <what> <python expression over world>
  if python3 -c "import json, sys; world = json.load(open('$WORLD')); sys.exit(0 if ($2) else 1)"; then
    echo "  passed  $1"
  else
    echo "  FAILED  $1: $(cat "$WORLD")"
    sed 's/^/          /' "$work/out"
    failed=1
  fi
}
status() { # status <expected> <command...>
  local want=$1 got=0
  shift
  "$@" >"$work/out" 2>&1 || got=$?
  if { [ "$want" = 0 ] && [ $got != 0 ]; } || { [ "$want" != 0 ] && [ $got = 0 ]; }; then
    echo "  FAILED  $(basename "$1") ended with $got"
    sed 's/^/          /' "$work/out"
    failed=1
  fi
}

image="europe-west1-docker.pkg.dev/p/twofold/sync@sha256:$(printf '0%.0s' {1..64})"

echo "canary"
world '{}'
status 1 "$here/canary" twofold-notices europe-west1-docker.pkg.dev/p/twofold/sync:latest
expect "refuses a tag before anything is asked for" "world['calls'] == []"
status 0 "$here/canary" twofold-notices "$image"
expect "ends with all of the traffic on the new revision" "world['traffic'] == {'r2': 100} and world['latest']"
expect "goes by parts" "[c.split('--to-revisions ')[1].split()[0] for c in world['calls'] if '--to-revisions' in c] == ['r1=100', 'r2=10,r1=90', 'r2=50,r1=50']"
expect "leaves no tag" "world['tags'] == {}"
expect "calls as the push account, for the service's own address" "set(map(tuple, world['tokens'])) == {('twofold-push@twofold-test.iam.gserviceaccount.com', 'https://twofold-notices.run.app')}"

world '{"broken_revision": "r2"}'
status 1 "$here/canary" twofold-ingest "$image"
expect "gives a revision that fails its check no traffic at all" "world['traffic'] == {'r1': 100} and not any('r2=' in c for c in world['calls'])"
expect "takes the tag away after a failure" "world['tags'] == {}"

world '{"fails_from_share": 50}'
status 1 "$here/canary" twofold-ingest "$image"
expect "goes back when the new revision answers 500 at half of the traffic" "world['traffic'] == {'r1': 100} and any('r2=50' in c for c in world['calls'])"

world '{"does_not_start": True}'
status 1 "$here/canary" twofold-ingest "$image"
expect "goes back when the new revision does not start" "world['traffic'] == {'r1': 100} and 'remove-tags' in world['calls'][-1]"

echo "replace"
world '{}'
status 0 "$here/replace" twofold-writes "$image"
expect "never splits the traffic" "world['traffic'] == {'r2': 100} and not any(',' in c for c in world['calls'] if '--to-revisions' in c)"
expect "calls as the tasks' account" "set(map(tuple, world['tokens'])) == {('twofold-tasks@twofold-test.iam.gserviceaccount.com', 'https://twofold-writes.run.app')}"

world '{"broken_revision": "r2"}'
status 1 "$here/replace" twofold-writes "$image"
expect "goes back when the new revision fails its check" "world['traffic'] == {'r1': 100}"

world '{"does_not_start": True}'
status 1 "$here/replace" twofold-writes "$image"
expect "goes back when the new revision does not start" "world['traffic'] == {'r1': 100} and world['calls'][-1].count('r1=100') == 1"

world '{"revisions": ["r1", "r2"], "latest": False}'
status 0 "$here/replace" twofold-writes "$image"
expect "takes over again after a rollback" "world['traffic'] == {'r3': 100} and world['latest']"

echo "hold"
world '{"revisions": ["r1", "r2"], "traffic": {"r1": 10, "r2": 90}}'
status 0 "$here/hold" twofold-ingest
expect "pins what has most of the traffic" "world['traffic'] == {'r2': 100} and not world['latest']"

echo "restart"
world '{}'
status 0 "$here/restart" writes
expect "makes a new revision" "world['traffic'] == {'r2': 100}"

exit $failed
