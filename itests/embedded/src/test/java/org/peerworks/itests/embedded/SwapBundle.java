package org.peerworks.itests.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Makes versions of the job type {@code train}. Each has a word of its own in the class that writes
 * a job's document, which is not loaded before a first program has ended.
 */
final class SwapBundle {

  private static final String LATE = "org/peerworks/job/train/TrainDocument.class";
  private static final String WORD = "models";

  private SwapBundle() {}

  /**
   * @param train the bundle that is shipped
   * @param word in the place of "models", as long as that
   */
  static Path make(Path train, Path directory, String version, String word) throws IOException {
    Path made = directory.resolve("train-" + version + ".jar");
    try (JarFile from = new JarFile(train.toFile())) {
      Manifest manifest = new Manifest(from.getManifest());
      manifest.getMainAttributes().putValue("Bundle-Version", version);
      try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(made), manifest)) {
        for (JarEntry entry : Collections.list(from.entries())) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            byte[] content = from.getInputStream(entry).readAllBytes();
            to.putNextEntry(new JarEntry(entry.getName()));
            to.write(entry.getName().equals(LATE) ? with(content, word) : content);
            to.closeEntry();
          }
        }
      }
    }
    return made;
  }

  private static byte[] with(byte[] content, String word) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    String constant = "\0\6" + WORD;
    if (word.length() != WORD.length() || text.split(constant, -1).length != 2) {
      throw new IllegalStateException("'" + LATE + "' cannot be given the word '" + word + "'.");
    }
    return text.replace(constant, "\0\6" + word).getBytes(StandardCharsets.ISO_8859_1);
  }
}
