package dev.twofold.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell half: how a JDK is found, and what counts as stale. */
class LaunchScriptTest {
  private static final Path SCRIPT = Path.of("launch.bash").toAbsolutePath();
  private static final String ONLY_THE_HOME =
      "jdk_folders() { printf '%s\\n' \"$JAVA_HOME\" \"$HOME\"/.sdkman/candidates/java/*; }; "
          + "jdk_known_to_maven() { :; }; ";

  @TempDir Path home;

  private record Outcome(int exitCode, String output) {}

  @Test
  void findsAJdk25BesideAnOlderOne() throws Exception {
    jdk(home.resolve("old"), "17.0.15");
    Path wanted = jdk(home.resolve(".sdkman/candidates/java/25.0.3-tem"), "25.0.3");

    Outcome outcome = bash(ONLY_THE_HOME + "find_jdk; echo \"$jdk\"");

    assertThat(outcome).isEqualTo(new Outcome(0, wanted + "\n"));
  }

  @Test
  void takesNoRuntimeWithoutACompilerForAJdk() throws Exception {
    Path runtime = jdk(home.resolve("old"), "25");
    Files.delete(runtime.resolve("bin/javac"));

    Outcome outcome = bash(ONLY_THE_HOME + "find_jdk");

    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void saysHowToGetAJdkWhereThereIsNone() throws Exception {
    jdk(home.resolve("old"), "17.0.15");

    Outcome outcome = bash(ONLY_THE_HOME + "find_jdk");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("needs a JDK 25, and none was found")
        .contains("sdk install java")
        .contains("JAVA_HOME");
  }

  @Test
  void saysHowToGetMavenWhereThereIsNone() throws Exception {
    Outcome outcome = bash("jdk=/nowhere; PATH=/nowhere find_maven");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output()).contains("Maven (3.8.7 or later)").contains("apt install maven");
  }

  @Test
  void refusesAMavenThatIsTooOld() throws Exception {
    Path maven = executable(home.resolve("bin/mvn"), "echo 'Apache Maven 3.6.3 (abc)'");

    Outcome outcome = bash("jdk=/nowhere; PATH=" + maven.getParent() + ":$PATH find_maven");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output()).contains("3.8.7 or later is needed").contains("3.6.3");
  }

  @Test
  void countsAJarAsStaleWhenASourceIsNewer() throws Exception {
    String script =
        "cd \"$HOME\"; mkdir src; touch -t 202001010000 src/A.java src; touch x.jar;"
            + " is_stale x.jar src && echo stale || echo fresh;"
            + " touch -t 203701010000 src/A.java; is_stale x.jar src && echo stale || echo fresh;"
            + " is_stale missing.jar src && echo stale || echo fresh";

    assertThat(bash(script)).isEqualTo(new Outcome(0, "fresh\nstale\nstale\n"));
  }

  @Test
  void countsAReproduciblyDatedJarByWhenItWasWritten() throws Exception {
    String script =
        "cd \"$HOME\"; touch -t 202101010000 A.java; touch -t 202001010000 x.jar;"
            + " is_stale x.jar A.java && echo stale || echo fresh";

    assertThat(bash(script)).isEqualTo(new Outcome(0, "fresh\n"));
  }

  private Outcome bash(String script) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", "source " + SCRIPT + "; " + script)
            .redirectErrorStream(true);
    builder
        .environment()
        .putAll(Map.of("HOME", home.toString(), "JAVA_HOME", home.resolve("old").toString()));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), output);
  }

  private static Path jdk(Path folder, String version) throws IOException {
    executable(folder.resolve("bin/java"), "");
    executable(folder.resolve("bin/javac"), "");
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return folder;
  }

  private static Path executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    return Files.writeString(file, "#!/bin/sh\n" + script + "\n");
  }
}
