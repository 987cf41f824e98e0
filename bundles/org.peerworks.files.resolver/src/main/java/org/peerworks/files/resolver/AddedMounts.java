package org.peerworks.files.resolver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.lib.files.AtomicFiles;

/** The mounts that were added by command, in a file of the data directory. */
final class AddedMounts {

  private final ObjectMapper json = new ObjectMapper();
  private final Path file;

  AddedMounts(Path file) {
    this.file = file;
  }

  /**
   * @throws IOException if the file is damaged; names it
   */
  List<MountLine> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      List<MountLine> lines = new ArrayList<>();
      for (JsonNode line : json.readTree(Files.readAllBytes(file))) {
        lines.add(MountLine.of(line.path("label").asText(), line.path("path").asText()));
      }
      return lines;
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "Cannot read the mounts that were added in '%s': %s. Mend it, or delete it and add them again."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  void write(List<MountLine> lines) throws IOException {
    ArrayNode array = json.createArrayNode();
    lines.forEach(line -> array.addObject().put("label", line.label()).put("path", line.path()));
    AtomicFiles.write(file, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(array));
  }
}
