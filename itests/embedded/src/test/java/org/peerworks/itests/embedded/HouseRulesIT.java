package org.peerworks.itests.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the house, read from the manifests of the bundles that are shipped. */
class HouseRulesIT {

  private static final Pattern PACKAGE =
      Pattern.compile("(?:^|,)\\s*([a-zA-Z_][\\w.]*)((?:;[^\",]*(?:\"[^\"]*\")?)*)");

  private static final Map<String, Manifest> OURS = new TreeMap<>();

  @BeforeAll
  static void readManifests() throws IOException {
    Path bundles = Path.of(System.getProperty("peerworks.worker.home"), "bundles");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(bundles, "org.peerworks.*.jar")) {
      for (Path jar : jars) {
        try (JarFile file = new JarFile(jar.toFile())) {
          Manifest manifest = file.getManifest();
          OURS.put(manifest.getMainAttributes().getValue("Bundle-SymbolicName"), manifest);
        }
      }
    }
    assertThat(OURS).hasSizeGreaterThan(15);
  }

  @Test
  void onlyContractsAndLibrariesExport() {
    List<String> exporting =
        OURS.entrySet().stream()
            .filter(bundle -> !packages(bundle.getValue(), "Export-Package").isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    assertThat(exporting).allMatch(name -> name.endsWith(".api") || name.contains(".lib."));
  }

  @Test
  void noImplementationImportsAnother() {
    OURS.forEach(
        (name, manifest) ->
            assertThat(packages(manifest, "Import-Package"))
                .as("imports of '%s'", name)
                .filteredOn(imported -> imported.startsWith("org.peerworks."))
                .allMatch(
                    imported -> imported.matches(".*\\.api(\\..*)?|org\\.peerworks\\.lib\\..*")));
  }

  @Test
  void contractsDependOnNothingButContractsAndOsgi() {
    OURS.forEach(
        (name, manifest) -> {
          if (name.endsWith(".api")) {
            assertThat(packages(manifest, "Import-Package"))
                .as("imports of '%s'", name)
                .allMatch(
                    p -> p.startsWith("org.osgi.") || p.matches("org\\.peerworks\\..*\\.api"));
          }
        });
  }

  @Test
  void whatContractsExportHasAVersionOfItsOwn() {
    OURS.forEach(
        (name, manifest) -> {
          String exports = manifest.getMainAttributes().getValue("Export-Package");
          if (exports != null) {
            assertThat(exports).as("exports of '%s'", name).doesNotContain("version=\"0.1.0");
          }
        });
  }

  @Test
  void noBundleHasAnActivator() {
    OURS.forEach(
        (name, manifest) ->
            assertThat(manifest.getMainAttributes().getValue("Bundle-Activator"))
                .as("activator of '%s'", name)
                .isNull());
  }

  private static List<String> packages(Manifest manifest, String header) {
    List<String> packages = new ArrayList<>();
    String value = manifest.getMainAttributes().getValue(header);
    if (value != null) {
      Matcher matcher = PACKAGE.matcher(value);
      while (matcher.find()) {
        packages.add(matcher.group(1));
      }
    }
    return packages;
  }
}
