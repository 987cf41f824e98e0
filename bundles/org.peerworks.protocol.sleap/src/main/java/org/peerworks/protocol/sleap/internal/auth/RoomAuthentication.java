package org.peerworks.protocol.sleap.internal.auth;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.peerworks.signaling.api.Room;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the room's secret where this worker has one, else for a key that the room's server has
 * registered, where the server tells this worker; else for nothing, as upstream does, unless that
 * is not allowed (§2.5). As long as no room is known, nobody comes in without the secret.
 */
public final class RoomAuthentication implements Authentication {

  private static final Logger LOG = LoggerFactory.getLogger(RoomAuthentication.class);
  private static final Mode CLOSED = new Mode(true, Optional.empty());

  private final Function<String, Optional<Verifier>> secrets;
  private final boolean required;
  private final Duration age;
  private volatile Mode mode = CLOSED;
  private volatile boolean keysOfServer;

  /**
   * @param secrets gives what judges by the secret of the room with an id, empty if this worker has
   *     none; throws {@link IllegalArgumentException} if it has one that cannot be used
   * @param required whether nobody comes in without a proof
   * @param age how long keys are used before they are asked for again
   */
  public RoomAuthentication(
      Function<String, Optional<Verifier>> secrets, boolean required, Duration age) {
    this.secrets = secrets;
    this.required = required;
    this.age = age;
  }

  /** The worker is in a room now. Peers that come later, even after it has left, met there. */
  public void entered(Room room) {
    keysOfServer = false;
    try {
      mode = of(room);
    } catch (RuntimeException e) {
      mode = CLOSED;
      LOG.error("No client of sleap-rtc can come in: {}", e.getMessage(), e);
    }
  }

  private Mode of(Room room) {
    Optional<Verifier> secret = secrets.apply(room.session().roomId());
    if (secret.isPresent()) {
      LOG.info("Clients of sleap-rtc prove the room's secret");
      return new Mode(true, secret);
    }
    if (room.knowsAuthorizedKeys()) {
      LOG.info("Clients of sleap-rtc prove a key that the room's server has registered");
      AuthorizedKeys keys = new CachedKeys(() -> keys(room), age, System::nanoTime);
      keysOfServer = true;
      return new Mode(true, Optional.of(new KeyVerifier(keys)));
    }
    if (required) {
      LOG.warn(
          "No client of sleap-rtc can come in: 'requireAuthentication' is set, but there is neither a room secret nor a key of this worker to ask its server with");
      return CLOSED;
    }
    LOG.warn(
        "Clients of sleap-rtc need no proof: whoever is in the room can hand in jobs. Set 'roomSecretFile' or 'requireAuthentication' in org.peerworks.protocol.sleap.cfg to change that");
    return new Mode(false, Optional.empty());
  }

  private static CompletionStage<List<byte[]>> keys(Room room) {
    try {
      return room.authorizedKeys();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public Mode now() {
    return mode;
  }

  @Override
  public boolean trustsServer() {
    return keysOfServer || !mode.required();
  }
}
