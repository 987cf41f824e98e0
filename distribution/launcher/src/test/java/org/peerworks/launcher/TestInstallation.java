package org.peerworks.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes small installations: Configuration Admin, and empty bundles. */
final class TestInstallation {

  private final Installation installation;
  private final List<String> bundles = new ArrayList<>();

  TestInstallation(Path home) throws IOException {
    installation = new Installation(home);
    Files.createDirectories(installation.bundles());
    Files.createDirectories(installation.features());
    Files.createDirectories(installation.config());
    Path configurationAdmin = configurationAdmin();
    Path copy = installation.bundles().resolve("org.apache.felix.configadmin-1.9.26.jar");
    Files.copy(configurationAdmin, copy, StandardCopyOption.REPLACE_EXISTING);
    bundles.add(entry("org.apache.felix:org.apache.felix.configadmin:1.9.26", copy, 1));
  }

  private static Path configurationAdmin() {
    return Path.of(System.getProperty("test.configadmin"));
  }

  Installation installation() {
    return installation;
  }

  TestInstallation bundle(String name, String content) throws IOException {
    return bundle(name, "1.0", content);
  }

  TestInstallation bundle(String name, String version, String content) throws IOException {
    Path jar = installation.bundles().resolve(name + "-" + version + ".jar");
    writeBundle(jar, name, version, content);
    bundles.add(entry("test:" + name + ":" + version, jar, 10));
    return this;
  }

  /** Those of a worker that can be administered, if {@code admin} is among the names. */
  FeatureSet featuresOf(String... names) throws IOException, LaunchException {
    Files.writeString(
        installation.features().resolve("admin.json"),
        "{\"feature-resource-version\": \"1.0\", \"id\": \"test:admin:1.0\"}");
    features(Map.of());
    return FeatureSet.read(installation, List.of(names));
  }

  FeatureSet features(Map<String, Map<String, String>> configurations)
      throws IOException, LaunchException {
    StringBuilder pids = new StringBuilder();
    configurations.forEach(
        (pid, values) -> {
          pids.append(pids.length() == 0 ? "" : ",").append('"').append(pid).append("\":{");
          values.forEach((k, v) -> pids.append('"' + k + "\":\"" + v + '"'));
          pids.append('}');
        });
    Files.writeString(
        installation.features().resolve("all.json"),
        """
        {"feature-resource-version": "1.0", "id": "test:all:1.0", "bundles": [%s],
         "configurations": {%s}}
        """
            .formatted(String.join(",", bundles), pids));
    return FeatureSet.read(installation, List.of("all"));
  }

  static void writeBundle(Path jar, String name, String content) throws IOException {
    writeBundle(jar, name, "1.0", content);
  }

  static void writeBundle(Path jar, String name, String version, String content)
      throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", version);
    main.putValue("Test-Content", content);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest)) {
      zip.finish();
    }
  }

  private static String entry(String id, Path jar, int level) throws IOException {
    return "{\"id\": \"%s\", \"sha256\": \"%s\", \"bundleStartLevel\": %d}"
        .formatted(id, BundleInstaller.sha256(jar), level);
  }
}
