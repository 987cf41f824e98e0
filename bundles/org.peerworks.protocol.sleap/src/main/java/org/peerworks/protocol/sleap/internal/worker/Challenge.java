package org.peerworks.protocol.sleap.internal.worker;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.peerworks.protocol.sleap.internal.auth.Verifier;
import org.peerworks.protocol.sleap.internal.wire.AuthMessage;
import org.peerworks.protocol.sleap.internal.wire.AuthResponse;
import org.peerworks.protocol.sleap.internal.wire.ClientMessages;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets nothing through until the client has answered its challenge, once (§2.5). A text that comes
 * before is handled once the answer was right, in its turn, and never otherwise: the first clients
 * of the third generation hand in their job while the challenge is still on its way. Pieces of
 * files are dropped.
 */
final class Challenge implements Phase {

  private static final Logger LOG = LoggerFactory.getLogger(Challenge.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Messages that a client may send before it has answered. */
  private static final int MOST_EARLY = 32;

  private static final int MOST_EARLY_CHARACTERS = 256 << 10;
  private static final int LONGEST_ANSWER = 4096;

  private enum State {
    ASKED,
    JUDGING,
    OVER
  }

  private final Lane lane;
  private final Duration patience;
  private final Optional<Verifier> verifier;
  private final Entry entry;
  private final String nonce;
  private final long began = System.nanoTime();
  private final AtomicReference<State> state = new AtomicReference<>(State.ASKED);
  private final List<String> early = new ArrayList<>();
  private int earlyMessages;
  private int earlyCharacters;

  /** Lets a client in. */
  interface Entry {

    /**
     * @param identity of the client; blank if none is known
     * @param welcome says to the client that it may do all from now on
     * @param early what it said before, to be handled after the welcome and before anything else
     */
    void enter(String identity, Runnable welcome, List<String> early);
  }

  /**
   * @param verifier empty if nobody can prove anything here
   */
  Challenge(Lane lane, Duration patience, Optional<Verifier> verifier, Entry entry) {
    this.lane = lane;
    this.patience = patience;
    this.verifier = verifier;
    this.entry = entry;
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
    Optional<AuthResponse> response = response(text);
    earlyCharacters += text.length();
    if (++earlyMessages > MOST_EARLY
        || earlyCharacters > MOST_EARLY_CHARACTERS
        || (response.isPresent() && text.length() > LONGEST_ANSWER)) {
      fail("invalid", "it sent too much before it authenticated");
    } else if (response.isEmpty()) {
      LOG.debug("Peer '{}' says something before it has authenticated", lane.peer());
      early.add(text);
    } else if (verifier.isEmpty()) {
      LOG.debug("Dropped an answer of peer '{}' that nobody can judge", lane.peer());
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
      entry.enter(identity.get(), () -> lane.send(new AuthMessage.Success()), early);
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
    if (++earlyMessages > MOST_EARLY) {
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
