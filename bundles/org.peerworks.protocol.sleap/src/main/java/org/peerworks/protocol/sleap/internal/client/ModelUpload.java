package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.peerworks.lib.files.Hashes;
import org.peerworks.protocol.sleap.internal.wire.Texts;

/**
 * Brings a model, which is a directory of files, to a worker of the third generation, which takes
 * files one by one and knows them by their hash (sleap-rtc wire format §2.8). Each content has a
 * directory of its own, so that a model which is there already is not sent again.
 */
final class ModelUpload {

  private static final String PARENT = "/sleap_rtc_models/";
  private static final int SHOWN = 12;

  private ModelUpload() {}

  /**
   * Blocks.
   *
   * @param name the model's, as a path
   * @return its directory at the worker
   */
  static String place(Uploads uploads, String name, Path folder)
      throws IOException, InterruptedException {
    Map<Path, String> files = new TreeMap<>();
    StringBuilder all = new StringBuilder();
    for (Path file : files(folder)) {
      String hash = Hashes.sha256(file);
      files.put(file, hash);
      all.append(file.getFileName()).append(' ').append(hash).append('\n');
    }
    Path list = Files.writeString(folder.resolveSibling(folder.getFileName() + ".list"), all);
    String own =
        name.replaceFirst("/+$", "").replaceFirst(".*/", "").replaceAll("[^A-Za-z0-9._-]", "_")
            + "-"
            + Hashes.sha256(list).substring(0, SHOWN);
    Optional<String> place = place(uploads, own, files);
    if (place.isEmpty()) { // a part of it was there under these names, and is not replaced
      place = place(uploads, own + "-" + UUID.randomUUID(), files);
    }
    return place.orElseThrow(
        () ->
            Refusals.invalid(
                "The worker did not put the files of the model '%s' into one directory."
                    .formatted(Texts.line(name, 200))));
  }

  /** Empty if the files did not all get there, under their names. */
  private static Optional<String> place(Uploads uploads, String own, Map<Path, String> files)
      throws IOException, InterruptedException {
    String directory = uploads.directory().replaceFirst("/+$", "") + PARENT + own;
    String parent = null;
    for (Map.Entry<Path, String> file : files.entrySet()) {
      String name = file.getKey().getFileName().toString();
      Optional<String> known =
          uploads.find(name, file.getValue()).filter(path -> isIn(path, own, name));
      String path = known.isPresent() ? known.get() : uploads.send(name, file.getKey(), directory);
      String here = path.substring(0, Math.max(0, path.length() - name.length()));
      if (!path.endsWith("/" + name) || (parent != null && !parent.equals(here))) {
        return Optional.empty();
      }
      parent = here;
    }
    return Optional.ofNullable(parent).map(path -> path.replaceFirst("/$", ""));
  }

  /** The same bytes may lie elsewhere too; they are of no use there. */
  private static boolean isIn(String path, String own, String name) {
    return path.contains(PARENT + own + "/") && path.endsWith("/" + name);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
