#!/usr/bin/env bash
# Drives the emulator with Google's Node client, @google-cloud/tasks, over gRPC and REST.
# Usage: conformance/node.sh   (after mvn package; needs node and npm)

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
command -v node >/dev/null || skip "node is not installed: @google-cloud/tasks was not checked"
command -v npm >/dev/null || skip "npm is not installed: @google-cloud/tasks was not checked"

here="$module/conformance/node"
mkdir -p "$work/node"
cp "$here/package.json" "$here/check.mjs" "$work/node/"
if [[ ! -d "$work/node/node_modules/@google-cloud/tasks" ]]; then
  (cd "$work/node" && npm install --no-package-lock --no-audit --no-fund --silent) \
    || skip "npm could not install @google-cloud/tasks: it was not checked"
fi

start_emulator
# Without this the client looks for a machine of Google's to ask who it is.
export METADATA_SERVER_DETECTION=none
(cd "$work/node" && node check.mjs "$emulator_url")
