package org.peerworks.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.peerworks.lib.files.AtomicFiles;

/** Hashes lines, and seals them with the worker's audit key (HMAC-SHA-256, RFC 2104). */
final class Seal {

  static final String NO_HASH = "0".repeat(64);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;

  private final SecretKeySpec key;
  private final boolean isNew;

  private Seal(byte[] key, boolean isNew) {
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.isNew = isNew;
  }

  /** Reads the key of a file, or makes one, for its owner only. */
  static Seal of(Path file) throws IOException {
    if (Files.exists(file)) {
      byte[] key = Files.readAllBytes(file);
      if (key.length != BYTES) {
        throw new IOException(
            "The audit key '"
                + file
                + "' has "
                + key.length
                + " bytes, "
                + BYTES
                + " were expected. Bring it back from a backup, or delete it: a new one is made, but"
                + " entries that were sealed with the old one cannot be checked any more.");
      }
      return new Seal(key, false);
    }
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Files.createDirectories(file.getParent());
    AtomicFiles.writeSecret(file, key);
    return new Seal(key, true);
  }

  /** Whether the key was made just now. */
  boolean isNew() {
    return isNew;
  }

  String seal(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA-256.", e);
    }
  }

  /** Compares in a time that does not depend on where they differ. */
  boolean isSealed(String text, String seal) {
    return MessageDigest.isEqual(
        seal(text).getBytes(StandardCharsets.US_ASCII), seal.getBytes(StandardCharsets.UTF_8));
  }

  static String hash(String line) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(line.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
