package org.peerworks.job.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Told how far a file is on its way. Called often and from any thread: be quick. */
@ConsumerType
@FunctionalInterface
public interface TransferListener {

  /** Tells nobody. */
  TransferListener NONE = (name, done, total) -> {};

  /**
   * @param name of the input or output
   * @param done bytes, of which some may have been there before
   * @param total bytes
   */
  void transferred(String name, long done, long total);
}
