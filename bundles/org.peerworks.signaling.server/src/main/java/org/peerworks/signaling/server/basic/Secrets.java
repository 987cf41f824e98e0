package org.peerworks.signaling.server.basic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes secrets, and compares them without telling how far they agree. */
public final class Secrets {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS = "abcdefghijkmnopqrstuvwxyz2345678";

  private Secrets() {}

  public static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** Letters and digits; five random bits each. */
  public static String word(int length) {
    StringBuilder word = new StringBuilder(length);
    for (byte random : bytes(length)) {
      word.append(LETTERS.charAt(random & 31));
    }
    return word.toString();
  }

  /** Letters, digits, {@code -} and {@code _}; six random bits each. */
  public static String dense(int length) {
    String word = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(length));
    return word.substring(0, length);
  }

  /** For secrets of 120 random bits or more, which need no salt. */
  public static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }

  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
