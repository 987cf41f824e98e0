package org.peerworks.itests.distribution;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packages with one thing wrong in each. */
final class BadPackages {

  private static final String SCRIPT = "train-script.sh";
  private static final String GOOD_COMMAND =
      "sleap-nn train --config-name single.yaml --config-dir .\n";
  private static final int CENTRAL_HEADER = 0x02014b50;
  private static final byte MADE_ON_UNIX = 3;
  private static final int SYMBOLIC_LINK = 0120777;

  private final Path directory;

  BadPackages(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** Makes the training package of a name. */
  Path make(String name) throws IOException {
    Map<String, byte[]> entries = good();
    switch (name) {
      case "truncated", "damaged", "none" -> {}
      case "slip" -> entries.put("../evil.txt", text("evil"));
      case "absolute" -> entries.put("/evil.txt", text("evil"));
      case "backslash" -> entries.put("..\\\\evil.txt", text("evil"));
      case "bomb" -> entries.put("zeros", new byte[100 << 20]);
      case "link" -> entries.put("evil-link", text("/etc/passwd"));
      case "commandless" -> entries.put(SCRIPT, text("#!/bin/bash\n"));
      case "program" -> entries.put(SCRIPT, text(GOOD_COMMAND + "rm -rf /\n"));
      case "shell" -> entries.put(SCRIPT, text(GOOD_COMMAND.strip() + "; touch evil.txt\n"));
      case "option" -> entries.put(SCRIPT, text(GOOD_COMMAND.strip() + " --evil 1\n"));
      case "unlabelled" -> entries.remove("labels.slp");
      case "unconfigured" -> entries.remove("single.yaml");
      case "scriptless" -> entries.remove(SCRIPT);
      default -> throw new IllegalArgumentException(name);
    }
    Path zip = write(name, entries);
    byte[] bytes = Files.readAllBytes(zip);
    switch (name) {
      case "truncated" -> Files.write(zip, Arrays.copyOf(bytes, bytes.length / 2));
      case "none" -> Files.write(zip, text("This is no archive."));
      case "damaged" -> Files.write(zip, damaged(bytes));
      case "link" -> Files.write(zip, linked(bytes, "evil-link"));
      default -> {}
    }
    return zip;
  }

  private static Map<String, byte[]> good() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(SCRIPT, text(GOOD_COMMAND));
    entries.put(
        "single.yaml",
        text(
            "data_config:\n  train_labels_path: [labels.slp]\nmodel_config: {}\ntrainer_config: {}\n"));
    entries.put("labels.slp", text("labels"));
    return entries;
  }

  /**
   * Makes a package of one's own.
   *
   * @param script text of {@code track-script.sh}; none if empty
   */
  Path tracking(String name, String script) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    if (!script.isEmpty()) {
      entries.put("track-script.sh", text(script));
    }
    entries.put("labels.slp", text("labels"));
    entries.put("models/one/best.ckpt", text("weights"));
    return write(name, entries);
  }

  private Path write(String name, Map<String, byte[]> entries) throws IOException {
    Path zip = directory.resolve(name + ".zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return zip;
  }

  /** A byte of the first entry's content is another one. */
  private static byte[] damaged(byte[] zip) {
    byte[] bytes = zip.clone();
    bytes[30 + SCRIPT.length() + 5] ^= 0x55;
    return bytes;
  }

  /** An entry is marked as a link, the way Unix archivers do it. */
  private static byte[] linked(byte[] zip, String entry) {
    ByteBuffer bytes = ByteBuffer.wrap(zip.clone()).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 46 + entry.length() <= zip.length; at++) {
      if (bytes.getInt(at) == CENTRAL_HEADER
          && entry.equals(new String(zip, at + 46, entry.length(), StandardCharsets.UTF_8))) {
        bytes.put(at + 5, MADE_ON_UNIX);
        bytes.putInt(at + 38, SYMBOLIC_LINK << 16);
        return bytes.array();
      }
    }
    throw new IllegalArgumentException("No entry '" + entry + "'");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
