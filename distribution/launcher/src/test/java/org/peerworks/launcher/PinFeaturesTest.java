package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinFeaturesTest {

  @TempDir Path directory;

  @Test
  void anInstallationHasTheConfigurationFilesOfItsBundlesAndNoOthers() throws Exception {
    feature("one", "a", "b");
    feature("two", "c");
    feature("left", "d");
    for (String bundle : List.of("a", "b", "c", "d")) {
      write("bundles/org.example." + bundle + "-1.0.jar", bundle);
    }
    for (String configured : List.of("a", "c", "d")) {
      write("config/org.example." + configured + ".cfg", "#key = " + configured);
    }

    write("config/org.example.b/x.rules", "y = z");

    PinFeatures.main(
        new String[] {
          directory.resolve("features").toString(),
          directory.resolve("bundles").toString(),
          directory.resolve("config").toString(),
          directory.resolve("home").toString(),
          "one",
          "two"
        });

    Path home = directory.resolve("home");
    assertThat(home.resolve("config").toFile().list())
        .containsExactlyInAnyOrder("org.example.a.cfg", "org.example.b", "org.example.c.cfg");
    assertThat(home.resolve("config/org.example.b/x.rules")).hasContent("y = z");
    assertThat(home.resolve("config/org.example.c.cfg")).hasContent("#key = c");
    assertThat(home.resolve("bundles").toFile().list()).hasSize(3);
    assertThat(FeatureSet.read(new Installation(home), List.of("one", "two")).bundles()).hasSize(3);
  }

  private void feature(String name, String... bundles) throws IOException {
    String ids =
        String.join(
            ",",
            List.of(bundles).stream()
                .map(bundle -> "{\"id\": \"org.example:org.example." + bundle + ":1.0\"}")
                .toList());
    write(
        "features/" + name + ".json",
        "{\"feature-resource-version\": \"1.0\", \"id\": \"test:"
            + name
            + ":1.0\", \"bundles\": ["
            + ids
            + "]}");
  }

  private void write(String file, String content) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
