package org.peerworks.files.api;

import org.osgi.annotation.versioning.ConsumerType;

/** A worker whose files people look at for a long time, so that it may go and come back. */
@ConsumerType
public interface FileSource {

  /** What to call the worker. */
  String workerName();

  /** Whether the worker can be reached now. Never blocks. */
  SourceState state();

  /**
   * The files of the worker. Another object after the connection was made anew; calls fail with
   * {@code UNAVAILABLE} while there is none.
   */
  FileResolver files();

  /**
   * Tells when the state has changed.
   *
   * @param changed called on any thread; must not block
   * @return ends that; never blocks
   */
  Registration onChange(Runnable changed);

  /**
   * Tells that the worker has been silent for seconds, though it counts as connected. The source
   * may look for another way to it. Must not block.
   */
  default void doubt() {}

  /** Something that lasts until it is closed. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
