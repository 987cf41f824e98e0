package org.peerworks.lib.slp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Writes HDF5 files that are sound, but whose content is that of .slp files only by and large. */
final class Nonsense {

  private static final List<String> WORDS =
      List.of(
          "",
          "{}",
          "[]",
          "null",
          "0",
          "NaN",
          "-1",
          "1e999",
          "\"",
          "{\"a\":",
          "[[[[",
          "video0/video",
          ".",
          "/etc/passwd",
          "\u0000",
          "\ud800",
          "ü",
          "{\"py/id\": 3}",
          "18446744073709551615");

  private final Random random;

  Nonsense(Random random) {
    this.random = random;
  }

  void write(Path file) throws IOException {
    Hdf5Library.load();
    try (Hdf5Output output = new Hdf5Output(file)) {
      if (often()) {
        output.group("metadata");
        sometimes(
            () -> output.attribute("metadata", "format_id", number() * random.nextDouble()),
            () -> output.text("metadata", "format_id", word()),
            () -> output.attribute("metadata", "format_id", 1.2));
        sometimes(
            () -> output.attribute("metadata", "json", metadata()),
            () -> output.text("metadata", "json", metadata()),
            () -> output.attribute("metadata", "json", number()),
            () -> output.attribute("metadata", "json", "[".repeat(5000)));
      }
      any(output, "videos_json", this::video);
      any(output, "tracks_json", () -> "[" + number() + ", \"" + word() + "\"]");
      any(
          output,
          "suggestions_json",
          () -> "{\"video\": \"%s\", \"frame_idx\": %d}".formatted(word(), number()));
      table(output, "frames", RowType.FRAME);
      table(output, "instances", RowType.INSTANCE);
      table(output, "points", RowType.POINT);
      table(output, "pred_points", RowType.PREDICTED_POINT);
      images(output);
    }
  }

  private boolean often() {
    return random.nextInt(8) > 0;
  }

  private void sometimes(Runnable... ways) {
    if (often()) {
      ways[random.nextInt(ways.length)].run();
    }
  }

  private long number() {
    return switch (random.nextInt(8)) {
      case 0 -> -1;
      case 1 -> Long.MAX_VALUE;
      case 2 -> Integer.MAX_VALUE;
      case 3 -> random.nextLong();
      default -> random.nextInt(4);
    };
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private String metadata() {
    StringBuilder nodes = new StringBuilder();
    StringBuilder ids = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      nodes.append(nodes.isEmpty() ? "" : ",").append("{\"name\": \"").append(i).append("\"}");
      ids.append(ids.isEmpty() ? "" : ",").append("{\"id\": ").append(small()).append("}");
    }
    String link =
        "{\"source\": %d, \"target\": %d, \"type\": %s}"
            .formatted(small(), small(), often() ? "{\"py/id\": " + small() + "}" : "{}");
    String json =
        "{\"nodes\": [%s], \"skeletons\": [{\"nodes\": [%s], \"links\": [%s]}]}"
            .formatted(nodes, ids, random.nextInt(3) == 0 ? link : "");
    return often() ? json : json.substring(0, random.nextInt(json.length()));
  }

  private long small() {
    return random.nextInt(12) == 0 ? number() : random.nextInt(3);
  }

  private String video() {
    String filename = random.nextInt(3) == 0 ? word() : ".";
    String dataset = random.nextInt(3) == 0 ? word() : "video" + small() + "/video";
    return "{\"backend\": {\"filename\": %s, \"dataset\": \"%s\", \"grayscale\": %s}}"
        .formatted(
            random.nextInt(6) == 0 ? "[1, 2]" : "\"" + filename.replace("\"", "") + "\"",
            dataset.replace("\"", ""),
            often() ? "true" : "\"yes\"");
  }

  /** Texts mostly, else something of another type. */
  private void any(Hdf5Output output, String name, Supplier<String> text) {
    sometimes(
        () -> output.strings(name, texts(text)),
        () -> output.strings(name, texts(text)),
        () -> output.strings(name, texts(this::word)),
        () -> output.integers(name, List.of(1, 2, 3)),
        () -> output.table(name, RowType.POINT, 0, new byte[0]),
        () -> output.lists(name, List.of(new byte[] {1, 2}, new byte[0])),
        () -> output.group(name));
  }

  private List<String> texts(Supplier<String> text) {
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      texts.add(text.get());
    }
    return texts;
  }

  /** Rows whose bytes are small numbers mostly, so that some of them point to something. */
  private void table(Hdf5Output output, String name, RowType usual) {
    RowType type = often() ? usual : RowType.values()[random.nextInt(RowType.values().length)];
    int rows = random.nextInt(5);
    byte[] data = new byte[rows * type.size()];
    for (int i = 0; i < data.length; i++) {
      int dice = random.nextInt(64);
      data[i] = (byte) (dice == 0 ? random.nextInt() : dice < 6 ? random.nextInt(4) : 0);
    }
    sometimes(
        () -> output.table(name, type, rows, data),
        () -> output.table(name, type, rows, data),
        () -> output.table(name, type, rows, data),
        () -> any(output, name, this::word));
  }

  private void images(Hdf5Output output) throws IOException {
    if (random.nextInt(3) == 0) {
      return;
    }
    output.group("video0");
    byte[] image = new byte[random.nextInt(40)];
    random.nextBytes(image);
    int count = random.nextInt(4);
    switch (random.nextInt(4)) {
      case 0 -> output.lists("video0/video", List.of(image, new byte[0]));
      case 1 -> any(output, "video0/video", this::word);
      default -> output.images("video0/video", Math.max(1, count), row -> image);
    }
    sometimes(
        () -> output.integers("video0/frame_numbers", List.of(0, 5, 5)),
        () -> output.integers("video0/frame_numbers", List.of(-1, (int) number())),
        () -> any(output, "video0/frame_numbers", this::word));
    try {
      sometimes(
          () -> output.text("video0/video", "format", often() ? "png" : word()),
          () -> output.attribute("video0/video", "format", number()));
      sometimes(
          () -> output.attribute("video0/video", "height", number()),
          () -> output.text("video0/video", "height", word()));
    } catch (hdf.hdf5lib.exceptions.HDF5LibraryException e) {
      // There are no images this time.
    }
  }
}
