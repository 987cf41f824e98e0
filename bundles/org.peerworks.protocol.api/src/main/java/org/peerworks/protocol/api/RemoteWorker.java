package org.peerworks.protocol.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;
import org.peerworks.files.api.FileResolver;
import org.peerworks.job.api.Jobs;

/** A worker that takes calls. Thread-safe. */
@ProviderType
public interface RemoteWorker extends AutoCloseable {

  /** Proven identity, as in {@code Caller.id}; empty where the protocol proves none. */
  String identity();

  /** Name and version of the worker's program, for people. */
  String description();

  Jobs jobs();

  /** The worker's files; empty where worker or protocol have no calls on them. */
  default Optional<FileResolver> files() {
    return Optional.empty();
  }

  /**
   * Tells how the connection is: at once, then at each change, until {@link
   * LinkState.Phase#CLOSED}. A protocol that cannot rebuild connections never tells {@link
   * LinkState.Phase#LOST}.
   *
   * @param listener called by any thread, one call at a time; be quick
   * @return ends the telling
   */
  default AutoCloseable onLink(Consumer<LinkState> listener) {
    AtomicBoolean wanted = new AtomicBoolean(true);
    listener.accept(LinkState.connected());
    closed()
        .thenAccept(
            reason -> {
              if (wanted.get()) {
                listener.accept(LinkState.closed(reason));
              }
            });
    return () -> wanted.set(false);
  }

  /**
   * Completes with the reason, in words, when the worker takes no more calls; not while a
   * connection that was lost is being rebuilt.
   */
  CompletionStage<String> closed();

  /** Ends the protocol, not the connection below it. */
  @Override
  void close();
}
