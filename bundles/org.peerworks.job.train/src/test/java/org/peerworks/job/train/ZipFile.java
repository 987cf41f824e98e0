package org.peerworks.job.train;

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
final class ZipFile {

  private final Map<String, String> files = new LinkedHashMap<>();

  ZipFile with(String name, String content) {
    files.put(name, content);
    return this;
  }

  Path write(Path file) throws IOException {
    return write(file, "");
  }

  Path write(Path file, String folder) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : files.entrySet()) {
        out.putNextEntry(new ZipEntry(folder + entry.getKey()));
        out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  static Map<String, String> read(Path file) throws IOException {
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
