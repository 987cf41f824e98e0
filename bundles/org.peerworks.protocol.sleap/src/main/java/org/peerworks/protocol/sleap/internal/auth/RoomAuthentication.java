package org.peerworks.protocol.sleap.internal.auth;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.peerworks.signaling.api.Room;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the room's secret where this worker has one, else for a key that the room's server has
 * registered, where the server tells this worker; else for nothing, as upstream does, unless that
 * is not allowed (§2.5).
 */
public final class RoomAuthentication implements Authentication {

  private static final Logger LOG = LoggerFactory.getLogger(RoomAuthentication.class);

  private final Optional<Verifier> secret;
  private final boolean required;
  private final Duration age;
  private final AtomicReference<Optional<Verifier>> ofRoom = new AtomicReference<>();

  /**
   * @param secret judges by the room's secret; empty if this worker has none
   * @param required whether nobody comes in without a proof
   * @param age how long keys are used before they are asked for again
   */
  public RoomAuthentication(Optional<Verifier> secret, boolean required, Duration age) {
    this.secret = secret;
    this.required = required;
    this.age = age;
  }

  /** The worker is in a room now. Peers that come later, even after it has left, met there. */
  public void entered(Room room) {
    boolean keyed = room.knowsAuthorizedKeys();
    ofRoom.set(
        keyed
            ? Optional.of(new KeyVerifier(new CachedKeys(() -> keys(room), age, System::nanoTime)))
            : Optional.empty());
    if (secret.isPresent()) {
      LOG.info("Clients of sleap-rtc prove the room's secret");
    } else if (keyed) {
      LOG.info("Clients of sleap-rtc prove a key that the room's server has registered");
    } else if (required) {
      LOG.warn(
          "No client of sleap-rtc can come in: 'requireAuthentication' is set, but there is neither a room secret nor a key of this worker to ask its server with");
    } else {
      LOG.warn(
          "Clients of sleap-rtc need no proof: whoever is in the room can hand in jobs. Set 'roomSecretFile' or 'requireAuthentication' in org.peerworks.protocol.sleap.cfg to change that");
    }
  }

  private static CompletionStage<List<byte[]>> keys(Room room) {
    try {
      return room.authorizedKeys();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** As long as no room is known, nobody comes in without the secret. */
  @Override
  public Mode now() {
    Optional<Verifier> keys = ofRoom.get();
    if (secret.isPresent()) {
      return new Mode(true, secret);
    }
    return keys == null
        ? new Mode(true, Optional.empty())
        : new Mode(required || keys.isPresent(), keys);
  }
}
