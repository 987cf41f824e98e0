package org.peerworks.lib.account;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text files that a person may have damaged. */
final class SmallFiles {

  /** Most bytes of a configuration or credentials file. */
  static final int MOST_BYTES = 1 << 20;

  private SmallFiles() {}

  /**
   * Reads a file as UTF-8.
   *
   * @throws BadFileException if it is no regular file, too large, or no text
   */
  static String read(Path file, int mostBytes) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new BadFileException(
          "'" + file + "' is no regular file. Replace it by one, or remove it.");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(mostBytes + 1);
    }
    if (bytes.length > mostBytes) {
      throw new BadFileException(
          "'"
              + file
              + "' has more than "
              + mostBytes
              + " bytes, so it is not what it should be. Replace it.");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadFileException("'" + file + "' is no UTF-8 text. Save it as UTF-8.", e);
    }
  }
}
