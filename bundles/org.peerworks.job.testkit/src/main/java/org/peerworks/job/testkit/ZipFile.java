package org.peerworks.job.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Writes and reads little zips. */
public final class ZipFile {

  private final Map<String, String> files = new LinkedHashMap<>();

  /** Adds a text file. */
  public ZipFile with(String name, String content) {
    files.put(name, content);
    return this;
  }

  /** Writes it flat. */
  public Path write(Path file) throws IOException {
    return write(file, "");
  }

  /**
   * @param folder before each name, with its slash
   */
  public Path write(Path file, String folder) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : files.entrySet()) {
        out.putNextEntry(new ZipEntry(folder + entry.getKey()));
        out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  /** Texts by name, stripped. */
  public static Map<String, String> read(Path file) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
      }
    }
    return files;
  }
}
