package org.peerworks.protocol.sleap.internal.worker;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.peerworks.protocol.sleap.internal.auth.Verifier;
import org.peerworks.protocol.sleap.internal.wire.AuthMessage;
import org.peerworks.protocol.sleap.internal.wire.AuthResponse;
import org.peerworks.protocol.sleap.internal.wire.ClientMessages;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets nothing through until the client has answered its challenge, once (§2.5). Any other message
 * is dropped, not kept for later.
 */
final class Challenge implements Phase {

  private static final Logger LOG = LoggerFactory.getLogger(Challenge.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Messages that a client may send before it has answered. */
  private static final int MOST_DROPPED = 32;

  private static final int LONGEST = 4096;

  private enum State {
    ASKED,
    JUDGING,
    OVER
  }

  private final Lane lane;
  private final Duration patience;
  private final Optional<Verifier> verifier;
  private final Consumer<String> proven;
  private final String nonce;
  private final long began = System.nanoTime();
  private final AtomicReference<State> state = new AtomicReference<>(State.ASKED);
  private int dropped;

  /**
   * @param verifier empty if nobody can prove anything here
   * @param proven receives the identity, blank if none is known; then the client may do all
   */
  Challenge(Lane lane, Duration patience, Optional<Verifier> verifier, Consumer<String> proven) {
    this.lane = lane;
    this.patience = patience;
    this.verifier = verifier;
    this.proven = proven;
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    this.nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  void begin() {
    if (verifier.isPresent()) {
      lane.send(new AuthMessage.Challenge(nonce));
    } else {
      fail("missing", "this worker demands authentication, but can judge none");
    }
  }

  @Override
  public void onText(String text) {
    if (text.length() > LONGEST || ++dropped > MOST_DROPPED) {
      fail("invalid", "it sent too much before it authenticated");
      return;
    }
    Optional<AuthResponse> response = response(text);
    if (response.isEmpty() || verifier.isEmpty()) {
      LOG.debug("Dropped a message of peer '{}', which has not authenticated", lane.peer());
    } else if (response.get().value().strip().equals(AuthResponse.MISSING)) {
      fail("missing", "it has no credentials");
    } else if (state.compareAndSet(State.ASKED, State.JUDGING)) {
      verifier
          .get()
          .verify(nonce, response.get().value())
          .whenComplete((identity, failure) -> judged(identity, failure));
    }
  }

  private static Optional<AuthResponse> response(String text) {
    try {
      return ClientMessages.read(text)
          .filter(AuthResponse.class::isInstance)
          .map(AuthResponse.class::cast);
    } catch (WireException e) {
      LOG.trace("A broken message came before authentication", e);
      return Optional.empty();
    }
  }

  private void judged(Optional<String> identity, Throwable failure) {
    if (failure != null) {
      LOG.error("The answer of peer '{}' could not be judged", lane.peer(), failure);
    }
    if (failure != null || identity.isEmpty()) {
      fail("invalid", "its answer to the challenge is wrong");
    } else if (state.compareAndSet(State.JUDGING, State.OVER)) {
      // First the right, then the word: what the client sends when it hears of it must find it.
      proven.accept(identity.get());
      lane.send(new AuthMessage.Success());
    }
  }

  private void fail(String reason, String why) {
    if (state.getAndSet(State.OVER) != State.OVER) {
      LOG.warn("Refused peer '{}': {}", lane.peer(), why);
      lane.closeAfter(new AuthMessage.Failure(reason));
    }
  }

  @Override
  public void onBinary(ByteBuffer piece) {
    if (++dropped > MOST_DROPPED) {
      fail("invalid", "it sent too much before it authenticated");
    }
  }

  @Override
  public void tick(long now) {
    if (now - began > patience.toNanos()) {
      fail("timeout", "it did not authenticate within " + patience.toSeconds() + " s");
    }
  }

  @Override
  public boolean isBusy() {
    return false;
  }

  @Override
  public void onGone() {
    state.set(State.OVER);
  }
}
