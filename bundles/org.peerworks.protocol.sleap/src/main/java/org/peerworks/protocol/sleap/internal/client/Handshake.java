package org.peerworks.protocol.sleap.internal.client;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.peerworks.protocol.api.Introduction;
import org.peerworks.protocol.sleap.internal.wire.AuthMessage;
import org.peerworks.protocol.sleap.internal.wire.AuthResponse;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.FsRequest;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessage;
import org.peerworks.transport.api.TransportException;

/**
 * The first words with a worker. One of the third generation is asked for its folders, which also
 * shows whether it wants a proof first (sleap-rtc wire format §2.5): its challenge comes before any
 * answer. Those before say nothing by themselves, and must not be asked what they do not know.
 *
 * <p>A worker does not say which proof it wants. With a secret of the room we answer with that,
 * since a worker that has it wants it; else with our key.
 */
final class Handshake implements WorkerLink.Listener {

  private final WorkerLink link;
  private final Generation generation;
  private final Introduction introduction;
  private final CompletableFuture<Optional<FsReply.Info>> done = new CompletableFuture<>();
  private volatile boolean proving;

  Handshake(WorkerLink link, Generation generation, Introduction introduction) {
    this.link = link;
    this.generation = generation;
    this.introduction = introduction;
  }

  /**
   * @return what the worker shares, if it says; fails with {@link TransportException}
   */
  CompletableFuture<Optional<FsReply.Info>> begin(ClientSettings settings) {
    link.open(this);
    if (generation != Generation.G3) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    link.send(new FsRequest.GetInfo());
    return done.orTimeout(settings.authentication().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TransportException
                        ? failure
                        : new TransportException(
                            "The worker did not answer within %d s. %s"
                                .formatted(
                                    settings.authentication().toSeconds(),
                                    proving
                                        ? "It did not say whether it accepts who you are."
                                        : "Is it of another generation? See --protocol."),
                            failure)));
  }

  @Override
  public synchronized void onMessage(WorkerMessage message) {
    if (message instanceof AuthMessage.Challenge challenge) {
      proving = true;
      prove(challenge.nonce());
    } else if (message instanceof AuthMessage.Success && proving) {
      proving = false;
      link.send(new FsRequest.GetInfo());
    } else if (message instanceof AuthMessage.Failure failure) {
      fail(refusal(failure.reason()));
    } else if (message instanceof AuthMessage.Required) {
      fail(
          "The worker asks for a one-time code, which only versions of January 2026 did. Update it.");
    } else if (message instanceof FsReply.Info info && !proving) {
      done.complete(Optional.of(info));
    } else if (message instanceof FsReply.Failed && !proving) {
      done.complete(Optional.empty());
    }
  }

  private void prove(String nonce) {
    try {
      link.send(new AuthResponse(Proofs.answer(introduction, nonce)));
    } catch (IllegalArgumentException e) {
      fail(e.getMessage());
    }
  }

  private String refusal(String reason) {
    String why = Texts.line(reason, 100);
    if (introduction.roomSecret().isPresent()) {
      return "The worker did not accept the secret of the room (%s). Check it with its owner; without any, a registered key is tried."
          .formatted(why);
    }
    if (introduction.key().isPresent()) {
      return "The worker did not accept your key (%s). It may want a secret of the room: give --room-secret."
          .formatted(why);
    }
    return "The worker wants to know who you are (%s). Give --room-secret, or log in and register a key."
        .formatted(why);
  }

  private void fail(String message) {
    done.completeExceptionally(new TransportException(message));
    link.close();
  }

  @Override
  public void onChunk(ByteBuffer chunk) {
    fail("The worker sent data before it was asked for any.");
  }

  @Override
  public void onClosed(String reason) {
    done.completeExceptionally(new TransportException(reason));
  }
}
