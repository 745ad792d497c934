# Runs images against a docker that notes what it is asked for.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/code/terraform/deploy"
cp "$here/terraform/deploy/images" "$work/code/terraform/deploy/"
cat >"$work/bin/docker" <<'SH'
#!/bin/sh
echo "$*" >>"$DOCKER_CALLS"
case $1 in inspect) echo "elsewhere/x@sha256:0"; [ -n "$NO_DIGEST" ] || echo "${4%:*}@sha256:5eed" ;; esac
SH
chmod +x "$work/bin/docker"
export PATH="$work/bin:$PATH" DOCKER_CALLS="$work/calls" NO_DIGEST=
failed=0
check() {
  if eval "$2"; then echo "  passed  $1"; else
    echo "  FAILED  $1"
    cat "$work/out" "$DOCKER_CALLS"
    failed=1
  fi
}
images() {
  : >"$DOCKER_CALLS"
  env REGISTRY=europe-west1-docker.pkg.dev/p/twofold TAG=c0ffee "$@" "$work/code/terraform/deploy/images" >"$work/out" 2>&1
}
pinned="eclipse-temurin:25-jre-noble@sha256:$(printf '0%.0s' {1..64})"

echo "images"
images BASE_IMAGE=eclipse-temurin:25-jre-noble
check "refuses a base that is not pinned, before anything is built" "[ $? = 2 ] && [ ! -s '$DOCKER_CALLS' ]"
images BASE_IMAGE="$pinned"
check "makes both" "[ $? = 0 ] && [ $(grep -c '^build .*--build-arg BASE_IMAGE='"$pinned" "$DOCKER_CALLS") = 2 ]"
check "notes each by the digest in its registry" "[ \"\$(cat '$work/code/target/images/sync')\" = 'europe-west1-docker.pkg.dev/p/twofold/sync@sha256:5eed' ]"
images BASE_IMAGE="$pinned" NO_DIGEST=yes
check "fails where the registry tells no digest" "[ $? != 0 ]"
exit $failed
