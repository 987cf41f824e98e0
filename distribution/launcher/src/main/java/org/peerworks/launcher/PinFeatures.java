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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.osgi.service.feature.FeatureService;

/**
 * Part of the build: puts features and the bundles that they name into an installation, and writes
 * the hash of each bundle into the features.
 */
public final class PinFeatures {

  private final FeatureService ids = new FeatureServiceImpl();
  private final Path features;
  private final Path bundles;
  private final Installation target;

  private PinFeatures(Path features, Path bundles, Installation target) {
    this.features = features;
    this.bundles = bundles;
    this.target = target;
  }

  /**
   * @param args directory of feature files, directory of bundles, installation to make, names of
   *     features
   */
  public static void main(String[] args) throws IOException {
    Installation target = new Installation(Path.of(args[2]));
    Files.createDirectories(target.features());
    Files.createDirectories(target.bundles());
    PinFeatures pin = new PinFeatures(Path.of(args[0]), Path.of(args[1]), target);
    List<String> names = Arrays.asList(args).subList(3, args.length);
    for (String name : names) {
      pin.pin(name + ".json");
    }
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
      String jar = FeatureSet.fileName(ids.getIDfromMavenCoordinates(bundle.getString("id")));
      Path copy = target.bundles().resolve(jar);
      Files.copy(bundles.resolve(jar), copy, StandardCopyOption.REPLACE_EXISTING);
      pinned.add(Json.createObjectBuilder(bundle).add("sha256", BundleInstaller.sha256(copy)));
    }
    try (Writer writer = Files.newBufferedWriter(target.features().resolve(fileName));
        JsonWriter json =
            Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(writer)) {
      json.writeObject(Json.createObjectBuilder(feature).add("bundles", pinned).build());
    }
  }
}
