# What emulators/up, down and demo share: finding a JDK 25 and Maven, building what is stale,
# starting the launcher. Sourced, not run. Keeps to what bash 3.2 (macOS) knows.

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
run="$root/emulators/.run"
version=0.1.0-SNAPSHOT
main_class=dev.twofold.localstack.cli.LocalStackCommand

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$@"
  exit 1
}

# --- JDK -----------------------------------------------------------------------------------------

# True for a JDK (not a mere runtime) whose feature version is 25.
is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] &&
    grep -Eq '^JAVA_VERSION="25[."+-]' "$1/release" 2>/dev/null
}

# The home of the java on the PATH, through all links.
java_home_on_path() {
  local file folder
  file=$(command -v java) || return 1
  while [ -L "$file" ]; do
    folder=$(cd -P "$(dirname "$file")" && pwd)
    file=$(readlink "$file")
    case "$file" in /*) ;; *) file="$folder/$file" ;; esac
  done
  (cd -P "$(dirname "$file")/.." && pwd)
}

jdk_folders() {
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  java_home_on_path || true
  local each
  for each in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.m2/jdks/* "$HOME"/.jbang/cache/jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    [ ! -d "$each" ] || printf '%s\n' "$each"
  done
  if [ -f "$HOME/.m2/toolchains.xml" ]; then
    sed -n 's:.*<jdkHome>\(.*\)</jdkHome>.*:\1:p' "$HOME/.m2/toolchains.xml"
  fi
}

# The rule by which the build itself finds its JDK; slow, so asked last.
jdk_known_to_maven() {
  command -v mvn >/dev/null || return 0
  mvn -B -f "$root/pom.xml" -N \
    org.apache.maven.plugins:maven-toolchains-plugin:3.2.0:display-discovered-jdk-toolchains \
    2>/dev/null | grep -Eo '/[^ ]+' | sort -u || true
}

# Sets jdk, or ends with what to do.
find_jdk() {
  local each
  while IFS= read -r each; do
    if is_jdk_25 "$each"; then
      jdk=$each
      return
    fi
  done < <(jdk_folders)
  while IFS= read -r each; do
    if is_jdk_25 "$each"; then
      jdk=$each
      return
    fi
  done < <(jdk_known_to_maven)
  fail "Twofold needs a JDK 25, and none was found (looked at JAVA_HOME, the PATH, the usual
installation folders, ~/.m2/toolchains.xml and what Maven knows). Get one in any of these ways:
  sdk install java 25-tem                 with SDKMAN (sdkman.io)
  brew install openjdk@25                 on macOS
  apt install openjdk-25-jdk              on Debian and Ubuntu, or temurin-25-jdk from adoptium.net
  dnf install java-25-openjdk-devel       on Fedora
or unpack one anywhere and set JAVA_HOME to it. It need not be the first java on the PATH."
}

# --- Maven and the build -------------------------------------------------------------------------

find_maven() {
  command -v mvn >/dev/null ||
    fail "Maven (3.8.7 or later) is needed to build and is not on the PATH. Install it with
apt install maven, brew install maven, sdk install maven, or from maven.apache.org."
  local found
  found=$(JAVA_HOME=$jdk mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1)
  [ "$(printf '%s\n3.8.7\n' "$found" | sort -t . -k1,1n -k2,2n -k3,3n | head -n 1)" = 3.8.7 ] ||
    fail "Maven 3.8.7 or later is needed, and $(command -v mvn) is ${found:-of unknown version}."
}

# True when the jar $1 is missing, or older than anything in the other arguments. The time of the
# jar's last status change counts: a reproducible build sets its modification time to a constant.
is_stale() {
  local jar=$1
  shift
  [ ! -f "$jar" ] || [ -n "$(find "$@" -newermc "$jar" -print -quit)" ]
}

# Prints the modules that must be built.
stale_modules() {
  local each
  for each in ingest-service sync-service; do
    if is_stale "$root/$each/target/$each-$version-exec.jar" \
      "$root/pom.xml" "$root/$each/pom.xml" "$root/$each/src/main"; then
      printf '%s\n' "$each"
    fi
  done
  # The emulators and simulators are inside the launcher's jar.
  local emulators="$root/emulators"
  if is_stale "$emulators/local-stack/target/local-stack-$version-exec.jar" "$root/pom.xml" \
    "$emulators"/{cloud-tasks-emulator,simulators,local-stack}/pom.xml \
    "$emulators"/{cloud-tasks-emulator,simulators,local-stack}/src/main; then
    printf '%s\n' emulators/local-stack
  fi
}

# Shows how long the process $1 has been at it, where somebody watches.
watch_build() {
  local second=0
  while kill -0 "$1" 2>/dev/null; do
    [ ! -t 2 ] || printf '\rbuilding %s … %d s ' "$2" "$second" >&2
    sleep 1
    second=$((second + 1))
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

build_stale() {
  local modules names log="$run/logs/build.log" pid
  modules=$(stale_modules)
  [ -n "$modules" ] || return 0
  find_maven
  mkdir -p "$run/logs"
  names=$(printf '%s' "$modules" | tr '\n' ' ')
  say "building $names(the very first build also downloads libraries)"
  local begin=$SECONDS
  # Tests and style checks are the business of mvn verify; somebody trying a change wants to see it.
  JAVA_HOME=$jdk mvn -q -B -T 1C -f "$root/pom.xml" -pl "$(printf '%s' "$modules" | tr '\n' ',')" -am \
    -Dmaven.test.skip=true -Dcheckstyle.skip -Dspotless.check.skip package >"$log" 2>&1 &
  pid=$!
  trap 'kill "$pid" 2>/dev/null; exit 130' INT TERM HUP
  watch_build "$pid" "$names"
  if ! wait "$pid"; then
    grep -E '^\[ERROR\]|BUILD' "$log" | head -n 25 >&2
    fail "The build failed; all of it is in $log"
  fi
  trap - INT TERM HUP
  say "built in $((SECONDS - begin)) s"
}

# --- the launcher --------------------------------------------------------------------------------

# Unpacks the launcher's jar once for each build, so that a later build does not pull classes from
# under a running stack. Sets launcher.
unpack_launcher() {
  local jar sum
  jar="$root/emulators/local-stack/target/local-stack-$version-exec.jar"
  sum=$(cksum <"$jar" | tr ' ' '-')
  launcher="$run/apps/${launcher_folder:-launcher}/$sum"
  if [ ! -e "$launcher/complete" ]; then
    rm -rf "$run/apps/${launcher_folder:-launcher}"
    mkdir -p "$launcher"
    (cd "$launcher" && "$jdk/bin/jar" -xf "$jar")
    : >"$launcher/complete"
  fi
  printf '%s\n' "$launcher" >"$run/${launcher_folder:-launcher}"
}

# Sets java_command to the launcher's command line, without its arguments.
prepare() {
  find_jdk
  build_stale
  unpack_launcher
  set_java_command
}

# The same for the launcher of the stack that runs: nothing is built below it.
prepare_like_running() {
  find_jdk
  launcher=$(cat "$run/launcher")
  set_java_command
}

# How many threads carry the launcher's virtual ones: five processes share the machine, and on two
# processors the two carriers of each would mostly wake each other.
half_the_processors() {
  local all
  all=$(getconf _NPROCESSORS_ONLN 2>/dev/null) || all=2
  printf '%s\n' "$(((all + 1) / 2))"
}

set_java_command() {
  # Most stacks live for minutes, too short for the optimizing compiler to pay. Nothing may pause:
  # what stands still with the simulators arrives at once afterwards, above the account's limit.
  # The last two switches quiet warnings of the JVM about what Netty and Protobuf do inside.
  java_command=("$jdk/bin/java" "-Xmx${launcher_heap:-1g}" -XX:+UseZGC
    -XX:TieredStopAtLevel=1 "-Djdk.virtualThreadScheduler.parallelism=$(half_the_processors)"
    --enable-native-access=ALL-UNNAMED
    --sun-misc-unsafe-memory-access=allow "-Dtwofold.root=$root"
    -cp "$launcher/BOOT-INF/classes:$launcher/BOOT-INF/lib/*" "$main_class")
}

# Prints the process id of the running launcher; fails when none runs. The command is looked at
# too, since an id may have been given to another process after a crash.
running_launcher() {
  local pid
  pid=$(cat "$run/pid" 2>/dev/null) || return 1
  case "$(ps -p "$pid" -o command= 2>/dev/null)" in
    *"$main_class"*) printf '%s\n' "$pid" ;;
    *) return 1 ;;
  esac
}
