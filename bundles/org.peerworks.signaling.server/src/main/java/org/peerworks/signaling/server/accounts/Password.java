package org.peerworks.signaling.server.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Secrets;

/**
 * What is kept of a password: PBKDF2 (RFC 8018) with HMAC-SHA-512 and a salt of its own.
 *
 * @param iterations as it was made with; new passwords may take more
 * @param salt base64
 * @param hash base64
 */
record Password(int iterations, String salt, String hash) {

  /** As OWASP recommends for this function. */
  static final int ITERATIONS = 210_000;

  private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
  private static final String NAME = "pbkdf2-sha512";
  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;

  /** Takes a tenth of a second or more. */
  static Password of(String password) {
    byte[] salt = Secrets.bytes(SALT_BYTES);
    return new Password(
        ITERATIONS, encoded(salt), encoded(derive(password.toCharArray(), salt, ITERATIONS)));
  }

  /** Takes a tenth of a second or more, and does not tell how far it agrees. */
  boolean is(String password) {
    byte[] derived = derive(password.toCharArray(), Base64.getDecoder().decode(salt), iterations);
    return MessageDigest.isEqual(derived, Base64.getDecoder().decode(hash));
  }

  ObjectNode toJson() {
    return Json.object()
        .put("function", NAME)
        .put("iterations", iterations)
        .put("salt", salt)
        .put("hash", hash);
  }

  /** Empty if it is none that this program can check. */
  static Optional<Password> fromJson(JsonNode json) {
    int iterations = json.path("iterations").asInt();
    if (!json.path("function").asText().equals(NAME)
        || iterations < 1
        || iterations > MOST_ITERATIONS) {
      return Optional.empty();
    }
    return Json.text(json, "salt")
        .flatMap(salt -> Json.text(json, "hash").map(hash -> new Password(iterations, salt, hash)));
  }

  /** Without anything to guess at. */
  @Override
  public String toString() {
    return "Password[]";
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] derive(char[] password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + ALGORITHM + ".", e);
    } finally {
      spec.clearPassword();
    }
  }
}
