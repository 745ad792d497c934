# What emulators/simulate and emulators/pacer share: instruments that run the service's own code from
# its test classes. Sourced after launch.bash, not run.

service="$root/sync-service"
path="$service/target/simulate.classpath"

# Maven decides what is stale; it is asked only where a source or a build file is newer.
build_instrument() {
  local log="$run/logs/instrument-build.log" pid
  find_maven
  mkdir -p "$run/logs"
  say "building $1 (the very first build also downloads libraries)"
  JAVA_HOME=$jdk mvn -q -B -f "$root/pom.xml" -pl sync-service -am \
    -Dcheckstyle.skip -Dspotless.check.skip \
    test-compile dependency:build-classpath -Dmdep.outputFile=target/simulate.classpath \
    >"$log" 2>&1 &
  pid=$!
  trap 'kill "$pid" 2>/dev/null; exit 130' INT TERM HUP
  watch_build "$pid" "$1"
  if ! wait "$pid"; then
    grep -E '^\[ERROR\]|BUILD' "$log" | head -n 25 >&2
    fail "The build failed; all of it is in $log"
  fi
  trap - INT TERM HUP
}

# run_instrument TITLE HEAP CLASS ARGUMENT...
run_instrument() {
  local title=$1 heap=$2 class=$3
  shift 3
  find_jdk
  if is_stale "$path" "$root/pom.xml" "$service"/{pom.xml,src} \
    "$root"/emulators/{simulators,cloud-tasks-emulator}/{pom.xml,src/main}; then
    build_instrument "$title"
  fi
  exec "$jdk/bin/java" "-Xmx$heap" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
    --add-opens java.base/java.lang=ALL-UNNAMED "-Dtwofold.root=$root" \
    -cp "$service/target/test-classes:$service/target/classes:$(cat "$path")" "$class" "$@"
}
