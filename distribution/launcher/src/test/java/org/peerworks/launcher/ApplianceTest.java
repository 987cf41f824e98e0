package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class ApplianceTest {

  private static final String PID = "org.example.thing";

  @TempDir Path directory;

  private Path home() {
    return directory.resolve("home");
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Appliance start(TestInstallation installation, Map<String, Map<String, Object>> overlay)
      throws Exception {
    return start(installation, Map.of(), overlay);
  }

  private Appliance start(
      TestInstallation installation,
      Map<String, Map<String, String>> features,
      Map<String, Map<String, Object>> overlay)
      throws Exception {
    return Appliance.start(
        installation.installation(),
        installation.features(features),
        data(),
        data().resolve("framework"),
        overlay);
  }

  private static Optional<Bundle> bundle(Appliance appliance, String name) {
    return Arrays.stream(appliance.context().getBundles())
        .filter(b -> name.equals(b.getSymbolicName()))
        .findFirst();
  }

  @Test
  void pinnedBundlesRunAndThoseThatNoFeatureAsksForAnyMoreGo() throws Exception {
    Appliance first = start(installation().bundle("one", "1").bundle("two", "1"), Map.of());
    assertThat(bundle(first, "one").orElseThrow().getState()).isEqualTo(Bundle.ACTIVE);
    assertThat(bundle(first, "two")).isPresent();
    assertThat(first.stop(10_000)).isTrue();

    Appliance second = start(installation().bundle("one", "1"), Map.of());
    assertThat(bundle(second, "one")).isPresent();
    assertThat(bundle(second, "two")).isEmpty();
    assertThat(second.stop(10_000)).isTrue();
  }

  @Test
  void whatAnAdministratorInstalledOrStoppedStaysSo() throws Exception {
    Path jar = directory.resolve("extra.jar");
    TestInstallation.writeBundle(jar, "extra", "1");
    Appliance first = start(installation().bundle("one", "1"), Map.of());
    first.context().installBundle(jar.toUri().toString()).start();
    bundle(first, "one").orElseThrow().stop();
    first.stop(10_000);

    Appliance second = start(installation().bundle("one", "1"), Map.of());
    assertThat(bundle(second, "extra").orElseThrow().getState()).isEqualTo(Bundle.ACTIVE);
    assertThat(bundle(second, "one").orElseThrow().getState()).isNotEqualTo(Bundle.ACTIVE);
    second.stop(10_000);
  }

  @Test
  void aJarThatChangedWithItsPinIsUpdated() throws Exception {
    start(installation().bundle("one", "old"), Map.of()).stop(10_000);
    Appliance second = start(installation().bundle("one", "new content"), Map.of());
    assertThat(bundle(second, "one").orElseThrow().getHeaders().get("Test-Content"))
        .isEqualTo("new content");
    second.stop(10_000);
  }

  @Test
  void aJarThatIsNotThePinnedOneIsRefusedByName() throws Exception {
    TestInstallation installation = installation().bundle("one", "1");
    FeatureSet features = installation.features(Map.of());
    Path jar = installation.installation().bundles().resolve("one-1.0.jar");
    TestInstallation.writeBundle(jar, "one", "tampered");
    assertThatThrownBy(
            () ->
                Appliance.start(
                    installation.installation(),
                    features,
                    data(),
                    data().resolve("framework"),
                    Map.of()))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining(jar.toString())
        .hasMessageContaining("SHA-256");
  }

  @Test
  void theCommandLineGoesOverTheAdministratorsFilesOverTheInstallationsOverFeatures()
      throws Exception {
    TestInstallation installation = installation();
    cfg(installation.installation().config(), "b = home\nc = home\nd = home\n");
    cfg(data().resolve("config"), "c = admin\nd = admin\n");
    Appliance appliance =
        start(installation, Map.of(PID, Map.of("a", "feature")), Map.of(PID, Map.of("d", "line")));
    Dictionary<String, Object> values = configuration(appliance).orElseThrow().getProperties();
    assertThat(List.of(values.get("a"), values.get("b"), values.get("c"), values.get("d")))
        .isEqualTo(List.of("feature", "home", "admin", "line"));
    appliance.stop(10_000);
  }

  @Test
  void aConfigurationWhoseFileIsGoneIsGoneAfterARestart() throws Exception {
    cfg(data().resolve("config"), "a = 1\n");
    Appliance first = start(installation(), Map.of());
    assertThat(configuration(first)).isPresent();
    first.stop(10_000);
    Files.delete(data().resolve("config").resolve(PID + ".cfg"));
    Appliance second = start(installation(), Map.of());
    assertThat(configuration(second)).isEmpty();
    second.stop(10_000);
  }

  @Test
  void aSecondProcessOnTheSameFrameworkDirectoryIsRefused() throws Exception {
    Appliance first = start(installation(), Map.of());
    assertThatThrownBy(() -> start(installation(), Map.of()))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("another process");
    first.stop(10_000);
  }

  private TestInstallation installation() throws IOException {
    return new TestInstallation(home());
  }

  private static void cfg(Path directory, String content) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(PID + ".cfg"), content);
  }

  private static Optional<Configuration> configuration(Appliance appliance) throws Exception {
    BundleContext context = appliance.context();
    ConfigurationAdmin admin =
        context.getService(context.getServiceReference(ConfigurationAdmin.class));
    Configuration[] found = admin.listConfigurations("(service.pid=" + PID + ")");
    return found == null ? Optional.empty() : Optional.of(found[0]);
  }
}
