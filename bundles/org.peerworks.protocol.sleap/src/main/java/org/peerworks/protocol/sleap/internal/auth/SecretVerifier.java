package org.peerworks.protocol.sleap.internal.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Asks for a secret that all of a room share (§2.5): the response is the HMAC-SHA256 of the nonce's
 * bytes under the secret's, as base64url without padding.
 */
public final class SecretVerifier implements Verifier {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param secret base64url, with or without padding
   * @throws IllegalArgumentException if it is none, or shorter than 16 bytes; without the secret
   */
  public SecretVerifier(String secret) {
    this(decoded(secret));
  }

  /**
   * @throws IllegalArgumentException if it is shorter than 16 bytes
   */
  public SecretVerifier(byte[] bytes) {
    if (bytes.length < 16) {
      throw new IllegalArgumentException(
          "it must stand for 16 bytes or more, but has %d".formatted(bytes.length));
    }
    key = new SecretKeySpec(bytes, ALGORITHM);
  }

  private static byte[] decoded(String secret) {
    try {
      return Base64.getUrlDecoder().decode(secret.strip().replaceAll("=+$", ""));
    } catch (IllegalArgumentException e) {
      // The cause would repeat a part of it.
      throw new IllegalArgumentException("it must be base64url text, but is not");
    }
  }

  /** What a holder of the secret answers. */
  public String response(String nonce) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(Base64.getUrlDecoder().decode(nonce)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no HMAC-SHA256.", e);
    }
  }

  @Override
  public CompletionStage<Optional<String>> verify(String nonce, String response) {
    byte[] wanted = response(nonce).getBytes(StandardCharsets.US_ASCII);
    byte[] found = response.strip().getBytes(StandardCharsets.UTF_8);
    boolean equal = MessageDigest.isEqual(wanted, found);
    return CompletableFuture.completedFuture(equal ? Optional.of("") : Optional.empty());
  }
}
