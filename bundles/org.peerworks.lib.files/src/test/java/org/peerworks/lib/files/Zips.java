package org.peerworks.lib.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Makes archives that a careful packer would not make. */
final class Zips {

  static final Consumer<ZipArchiveEntry> AS_IS = entry -> {};

  private final ZipArchiveOutputStream out;

  private Zips(ZipArchiveOutputStream out) {
    this.out = out;
  }

  interface Content {
    void write(Zips zips) throws IOException;
  }

  static Path make(Path zip, Content content) throws IOException {
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      content.write(new Zips(out));
    }
    return zip;
  }

  Zips add(String name, String content) throws IOException {
    return add(name, content.getBytes(StandardCharsets.UTF_8), AS_IS);
  }

  Zips add(String name, byte[] content, Consumer<ZipArchiveEntry> change) throws IOException {
    ZipArchiveEntry entry =
        new ZipArchiveEntry("x") {
          @Override
          public String getName() {
            return name;
          }

          @Override
          public boolean isDirectory() {
            return name.endsWith("/");
          }
        };
    change.accept(entry);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
    return this;
  }

  static void replace(Path file, byte[] wanted, byte[] by, boolean last) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String old = new String(wanted, StandardCharsets.ISO_8859_1);
    int at = last ? text.lastIndexOf(old) : text.indexOf(old);
    byte[] bytes = Files.readAllBytes(file);
    System.arraycopy(by, 0, bytes, at, by.length);
    Files.write(file, bytes);
  }

  static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> content = Files.list(directory)) {
      return content.findAny().isEmpty();
    }
  }
}
