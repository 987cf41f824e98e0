package org.peerworks.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peerworks.lib.files.AtomicFiles;

/**
 * What the log must at least hold, kept apart from it with a seal: so that somebody who takes
 * entries away at its end or its beginning is found out.
 *
 * @param last number of an entry that must be there; 0 for none
 * @param hash of that entry
 * @param first number of the first entry that is kept
 * @param before hash of the entry before the first one
 */
record Anchor(long last, String hash, long first, String before) {

  static final Anchor NONE = new Anchor(0, Seal.NO_HASH, 1, Seal.NO_HASH);

  private String body() {
    return last + " " + hash + " " + first + " " + before;
  }

  void write(Path file, Seal seal) throws IOException {
    String text = body() + "\n" + seal.seal(body()) + "\n";
    AtomicFiles.writeSecret(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @return empty if the file is no anchor that was sealed with this key
   */
  static Optional<Anchor> read(Path file, Seal seal) throws IOException {
    List<String> lines = Files.readString(file).lines().toList();
    if (lines.size() != 2 || !seal.isSealed(lines.get(0), lines.get(1))) {
      return Optional.empty();
    }
    String[] words = lines.get(0).split(" ");
    return Optional.of(
        new Anchor(Long.parseLong(words[0]), words[1], Long.parseLong(words[2]), words[3]));
  }
}
