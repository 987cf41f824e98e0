package org.peerworks.protocol.sleap.internal.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the signature of one of the room's keys (§2.5): Ed25519 over the ASCII text of the
 * nonce, as base64url without padding.
 */
public final class KeyVerifier implements Verifier {

  private static final Logger LOG = LoggerFactory.getLogger(KeyVerifier.class);

  private final AuthorizedKeys keys;

  public KeyVerifier(AuthorizedKeys keys) {
    this.keys = keys;
  }

  @Override
  public CompletionStage<Optional<String>> verify(String nonce, String response) {
    return keys.fetch()
        .handle(
            (found, failure) -> {
              if (failure != null) {
                LOG.warn("The authorized keys of the room could not be fetched", failure);
                return Optional.empty();
              }
              return judge(found, nonce, response);
            });
  }

  private static Optional<String> judge(List<byte[]> keys, String nonce, String response) {
    byte[] signature;
    try {
      signature = Base64.getUrlDecoder().decode(response.strip());
    } catch (IllegalArgumentException e) {
      LOG.debug("A response to a challenge is no base64url text", e);
      return Optional.empty();
    }
    byte[] message = nonce.getBytes(StandardCharsets.US_ASCII);
    Optional<String> proven = Optional.empty();
    // All of them, so that the time does not tell which one it was.
    for (byte[] key : keys) {
      if (PublicKeys.verify(key, message, signature)) {
        proven = Optional.of(PublicKeys.id(key));
      }
    }
    return proven;
  }
}
