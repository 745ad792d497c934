# Sourced by the conformance scripts: an emulator on a free port, and assertions.

set -euo pipefail

module="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
work="$module/target/conformance"
mkdir -p "$work"

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# A skip is loud, so that nobody takes it for a success.
skip() {
  echo "SKIPPED ########## $* ##########" >&2
  exit 0
}

start_emulator() {
  local jars=("$module"/target/cloud-tasks-emulator-*-exec.jar)
  [[ -f "${jars[0]}" ]] || fail "no runnable jar in $module/target: run 'mvn package' first"
  local java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
  "$java" --version 2>&1 | head -1 | grep -Eq ' (2[5-9]|[3-9][0-9])' \
    || fail "JDK 25 or later is needed: set JAVA_HOME"
  local log="$work/emulator-$$.log"
  "$java" -jar "${jars[0]}" --port 0 "$@" >"$log" 2>&1 &
  emulator_pid=$!
  trap stop_emulator EXIT
  local waited=0
  until grep -q '^ready ' "$log"; do
    kill -0 "$emulator_pid" 2>/dev/null || fail "the emulator did not start: $(cat "$log")"
    ((waited++ < 300)) || fail "the emulator was not ready within 60 s: $(cat "$log")"
    sleep 0.2
  done
  emulator_url="$(sed -n 's/^ready //p' "$log")"
}

stop_emulator() {
  kill "$emulator_pid" 2>/dev/null || true
  wait "$emulator_pid" 2>/dev/null || true
}

# expect WHAT PATTERN TEXT: the text must match the extended regular expression.
expect() {
  grep -Eq -- "$2" <<<"$3" || fail "$1: expected /$2/ in: $3"
  echo "ok   $1"
}

expect_not() {
  if grep -Eq -- "$2" <<<"$3"; then fail "$1: did not expect /$2/ in: $3"; fi
  echo "ok   $1"
}
