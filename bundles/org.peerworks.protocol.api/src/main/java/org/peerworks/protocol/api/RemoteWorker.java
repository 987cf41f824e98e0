package org.peerworks.protocol.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
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

  /** Completes with the reason, in words, when the worker takes no more calls. */
  CompletionStage<String> closed();

  /** Ends the protocol, not the connection below it. */
  @Override
  void close();
}
