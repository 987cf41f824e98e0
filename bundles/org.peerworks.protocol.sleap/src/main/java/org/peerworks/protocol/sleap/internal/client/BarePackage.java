package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.peerworks.job.api.JobRequest;
import org.peerworks.lib.files.Archives;
import org.peerworks.lib.files.FileTrees;

/** Makes a package of labels and configurations that come on their own. */
final class BarePackage {

  private BarePackage() {}

  /**
   * @param order of the configurations; those of the request by name if empty
   * @param directory where the package is made
   */
  static LegacyPackage of(JobRequest request, List<String> order, Path directory)
      throws IOException {
    Map<String, Path> inputs = new TreeMap<>(request.inputs());
    String labels =
        inputs.keySet().stream()
            .filter(name -> hasEnding(name, ".slp"))
            .findFirst()
            .orElseThrow(
                () -> Refusals.invalid("A training needs labels (.slp), or a package (.zip)."));
    List<String> configs =
        order.isEmpty()
            ? inputs.keySet().stream()
                .filter(name -> hasEnding(name, ".yaml") || hasEnding(name, ".yml"))
                .toList()
            : order;
    if (configs.isEmpty()) {
      throw Refusals.invalid("A training needs at least one configuration (.yaml).");
    }
    String stem = LegacyPackage.worded(labels.replaceFirst("(?i)(\\.pkg)?\\.slp$", ""));
    Path folder = Files.createDirectory(directory.resolve("package"));
    Path zip = directory.resolve("package.zip");
    try {
      List<String> scripted = new ArrayList<>();
      for (Map.Entry<String, Path> input : inputs.entrySet()) {
        String name = LegacyPackage.worded(input.getKey());
        if (configs.contains(input.getKey())) {
          String yaml = name.replaceFirst("(?i)\\.yml$", ".yaml");
          Files.writeString(
              folder.resolve(yaml),
              ConfigText.withLabels(
                  Files.readString(input.getValue()), LegacyPackage.worded(labels)));
        } else {
          place(input.getValue(), folder.resolve(name));
        }
      }
      for (String config : configs) {
        scripted.add(LegacyPackage.worded(config).replaceFirst("(?i)\\.yml$", ".yaml"));
      }
      Files.writeString(
          folder.resolve(LegacyPackage.TRAIN_SCRIPT), LegacyScript.training(scripted));
      Archives.pack(folder, stem, zip, false);
    } finally {
      FileTrees.delete(folder);
    }
    return new LegacyPackage(zip, stem + ".zip", Files.size(zip));
  }

  private static boolean hasEnding(String name, String ending) {
    return name.toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /** A second name costs nothing; a copy is made where the file system has none. */
  private static void place(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from.toRealPath());
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.copy(from, to);
    }
  }
}
