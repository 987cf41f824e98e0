package org.peerworks.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Part of the build: writes {@code SHA256SUMS}, as {@code sha256sum --check} reads it. */
public final class Checksums {

  private Checksums() {}

  /**
   * @param args directory, and names of files in it
   */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    StringBuilder lines = new StringBuilder();
    for (String name : Arrays.asList(args).subList(1, args.length)) {
      lines.append(BundleInstaller.sha256(directory.resolve(name)));
      lines.append("  ").append(name).append('\n');
    }
    Files.writeString(directory.resolve("SHA256SUMS"), lines, StandardCharsets.UTF_8);
  }
}
