package org.peerworks.launcher;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.osgi.service.feature.FeatureService;
import org.osgi.service.feature.ID;

/**
 * Part of the build: puts features, the bundles that they name and the configuration files of these
 * bundles into an installation, and writes the hash of each bundle into the features.
 */
public final class PinFeatures {

  private final FeatureService ids = new FeatureServiceImpl();
  private final Path features;
  private final Path bundles;
  private final Path config;
  private final Installation target;

  private PinFeatures(Path features, Path bundles, Path config, Installation target) {
    this.features = features;
    this.bundles = bundles;
    this.config = config;
    this.target = target;
  }

  /**
   * @param args directory of feature files, directory of bundles, directory of configuration files,
   *     which are named by their bundles, installation to make, names of features
   */
  public static void main(String[] args) throws IOException {
    Installation target = new Installation(Path.of(args[3]));
    Files.createDirectories(target.features());
    Files.createDirectories(target.bundles());
    Files.createDirectories(target.config());
    PinFeatures pin = new PinFeatures(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), target);
    List<String> names = Arrays.asList(args).subList(4, args.length);
    for (String name : names) {
      pin.pin(name + ".json");
    }
    pin.copyConfiguration(LogLimits.PID + ".cfg");
  }

  private void pin(String fileName) throws IOException {
    JsonObject feature;
    try (JsonReader reader = Json.createReader(Files.newInputStream(features.resolve(fileName)))) {
      feature = reader.readObject();
    }
    JsonArrayBuilder pinned = Json.createArrayBuilder();
    JsonArray named = feature.getJsonArray("bundles");
    for (JsonValue value : named) {
      JsonObject bundle = value.asJsonObject();
      ID id = ids.getIDfromMavenCoordinates(bundle.getString("id"));
      String jar = FeatureSet.fileName(id);
      Path copy = target.bundles().resolve(jar);
      Files.copy(bundles.resolve(jar), copy, StandardCopyOption.REPLACE_EXISTING);
      copyConfiguration(id.getArtifactId() + ".cfg");
      copyConfiguration(id.getArtifactId());
      pinned.add(Json.createObjectBuilder(bundle).add("sha256", BundleInstaller.sha256(copy)));
    }
    try (Writer writer = Files.newBufferedWriter(target.features().resolve(fileName));
        JsonWriter json =
            Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(writer)) {
      json.writeObject(Json.createObjectBuilder(feature).add("bundles", pinned).build());
    }
  }

  /** A file of settings, or a directory of other files. */
  private void copyConfiguration(String name) throws IOException {
    Path file = config.resolve(name);
    Path copy = target.config().resolve(name);
    if (Files.isDirectory(file)) {
      Files.createDirectories(copy);
      try (DirectoryStream<Path> files = Files.newDirectoryStream(file)) {
        for (Path one : files) {
          Files.copy(one, copy.resolve(one.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } else if (Files.exists(file)) {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
