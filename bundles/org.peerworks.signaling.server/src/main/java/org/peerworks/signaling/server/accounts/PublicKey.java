package org.peerworks.signaling.server.accounts;

import java.time.Instant;
import java.util.Base64;

/**
 * An Ed25519 key with which a user's device proves itself to workers.
 *
 * @param id which key
 * @param key 32 bytes, base64url without padding
 * @param device its name, for people
 */
public record PublicKey(String id, String key, String device, Instant registeredAt) {

  private static final int BYTES = 32;

  /** Whether the text is such a key. */
  public static boolean isKey(String key) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(key);
      return bytes.length == BYTES
          && Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(key);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
