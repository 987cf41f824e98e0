package org.peerworks.protocol.sleap.internal.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.peerworks.protocol.api.Introduction;
import org.peerworks.protocol.sleap.internal.wire.AuthResponse;

/** Answers to a worker's challenge (sleap-rtc wire format §2.5). */
final class Proofs {

  private static final int KEY_SIZE = 32;

  /** 32 bytes, base64url without padding (§2.5); the last digit holds four bits of them. */
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

  private Proofs() {}

  /**
   * Answers nothing but a challenge: who runs a worker must not get a signature of a text of his
   * own choice, nor of a password that is the secret.
   *
   * @param nonce as it came
   * @throws IllegalArgumentException if the nonce, the secret or the key is none; the message
   *     repeats none of them
   */
  static String answer(Introduction introduction, String nonce) {
    if (!NONCE.matcher(nonce).matches()) {
      // Signed, any other text could be one that means something elsewhere.
      throw new IllegalArgumentException(
          "The worker's challenge is not one of sleap-rtc: 43 characters of base64url were expected, nothing was signed.");
    }
    try {
      if (introduction.roomSecret().isPresent()) {
        return encoded(mac(introduction.roomSecret().get(), nonce));
      }
      if (introduction.key().isPresent()) {
        return encoded(signature(introduction.key().get(), nonce));
      }
      return AuthResponse.MISSING;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The worker's challenge could not be answered.", e);
    }
  }

  private static byte[] mac(String secret, String nonce) throws GeneralSecurityException {
    byte[] key = decoded(secret, "The secret of the room is not base64url; copy it whole.");
    if (key.length == 0) {
      throw new IllegalArgumentException("The secret of the room is empty.");
    }
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(decoded(nonce, "The worker's challenge is not base64url."));
  }

  /** Over the text of the nonce, not over its bytes. */
  private static byte[] signature(String key, String nonce) throws GeneralSecurityException {
    byte[] raw = decoded(key, "The private key is not base64url; make a new one.");
    if (raw.length != KEY_SIZE) {
      throw new IllegalArgumentException(
          "The private key has %d bytes, but an Ed25519 key has %d; make a new one."
              .formatted(raw.length, KEY_SIZE));
    }
    PrivateKey privateKey =
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, raw));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(privateKey);
    signature.update(nonce.getBytes(StandardCharsets.US_ASCII));
    return signature.sign();
  }

  private static byte[] decoded(String text, String otherwise) {
    try {
      return Base64.getUrlDecoder().decode(text.strip().replaceAll("=+$", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(otherwise, e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
