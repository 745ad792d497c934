package dev.twofold.localstack.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorLocatorTest {
  private static final Path LOGGING = Path.of("/run/logging.properties");

  @TempDir Path machine;

  @Test
  void usesTheAddressThatIsGiven() throws IOException {
    Path jar = installPubSub(machine.resolve("sdk"));
    Map<String, String> environment =
        Map.of("PUBSUB_EMULATOR_HOST", " 127.0.0.1:18085 ", "CLOUDSDK_ROOT_DIR", sdk());

    EmulatorSource source = locator(environment).locate(OfficialEmulator.PUBSUB);

    assertThat(jar).exists();
    assertThat(source).isEqualTo(new EmulatorSource.Running("127.0.0.1:18085"));
  }

  @Test
  void findsTheSdkThatTheEnvironmentNames() throws IOException {
    Path jar = installPubSub(machine.resolve("sdk"));

    EmulatorSource source =
        locator(Map.of("CLOUDSDK_ROOT_DIR", sdk())).locate(OfficialEmulator.PUBSUB);

    assertThat(source).isEqualTo(new EmulatorSource.Startable(jar, "the installed gcloud SDK"));
  }

  @Test
  void followsTheGcloudOnThePathToItsSdk() throws IOException {
    Path jar = installPubSub(machine.resolve("sdk"));
    Path real = executable(machine.resolve("sdk/bin/gcloud"));
    Path bin = Files.createDirectories(machine.resolve("usr/bin"));
    Files.createSymbolicLink(bin.resolve("gcloud"), real);

    EmulatorSource source =
        locator(Map.of("PATH", "/nowhere:" + bin)).locate(OfficialEmulator.PUBSUB);

    assertThat(source)
        .isInstanceOfSatisfying(
            EmulatorSource.Startable.class,
            found -> assertThat(found.jar().getFileName()).isEqualTo(jar.getFileName()));
  }

  @Test
  void turnsToTheDownloadWhereTheSdkLacksTheComponent() throws IOException {
    installPubSub(machine.resolve("sdk"));

    assertThatThrownBy(
            () -> locator(Map.of("CLOUDSDK_ROOT_DIR", sdk())).locate(OfficialEmulator.FIRESTORE))
        .isInstanceOf(ArtifactRefused.class)
        .hasMessageContaining("cloud-firestore-emulator");
  }

  @Test
  void startsAJarWithoutAMainClassByName() throws IOException {
    Path jar = jar(machine.resolve("cloud-firestore-emulator.jar"), null);

    List<String> command =
        OfficialEmulator.FIRESTORE.command(
            Path.of("/jdk/bin/java"), jar, LOGGING, "127.0.0.1", 8086);

    assertThat(command)
        .startsWith("/jdk/bin/java", "-Xmx4g")
        .containsSequence(
            "-cp",
            jar.toString(),
            "com.google.cloud.datastore.emulator.firestore.CloudFirestore",
            "--host=127.0.0.1",
            "--port=8086");
  }

  @Test
  void startsAJarWithAMainClassByItself() throws IOException {
    Path jar = jar(machine.resolve("cloud-pubsub-emulator-0.8.37-all.jar"), "some.Main");

    List<String> command =
        OfficialEmulator.PUBSUB.command(Path.of("java"), jar, LOGGING, "127.0.0.1", 8085);

    assertThat(command).containsSequence("-jar", jar.toString(), "--host=127.0.0.1", "--port=8085");
  }

  @Test
  void keepsTheCacheWhereCachesBelong() {
    Path home = machine.resolve("home");

    assertThat(ArtifactCache.usualFolder(Map.of(), home))
        .isEqualTo(home.resolve(".cache/twofold/emulators"));
    assertThat(ArtifactCache.usualFolder(Map.of("XDG_CACHE_HOME", "/var/caches"), home))
        .isEqualTo(Path.of("/var/caches/twofold/emulators"));
  }

  private EmulatorLocator locator(Map<String, String> environment) {
    Fetch none =
        (part, artifact) -> {
          throw new ArtifactRefused("No network in this test: " + artifact.source());
        };
    return new EmulatorLocator(
        environment,
        InstalledSdk.named(environment),
        new ArtifactCache(machine.resolve("cache"), none));
  }

  private String sdk() {
    return machine.resolve("sdk").toString();
  }

  private static Path installPubSub(Path sdk) throws IOException {
    return jar(
        sdk.resolve("platform/pubsub-emulator/lib/cloud-pubsub-emulator-0.8.20-all.jar"), "x.Main");
  }

  private static Path executable(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  private static Path jar(Path file, @Nullable String mainClass) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (mainClass != null) {
      manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
    }
    Files.createDirectories(file.getParent());
    new JarOutputStream(Files.newOutputStream(file), manifest).close();
    return file;
  }
}
