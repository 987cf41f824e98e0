package org.peerworks.job.api;

import org.osgi.annotation.versioning.ProviderType;

/** Something that is being delivered until it is closed. */
@ProviderType
public interface Subscription extends AutoCloseable {

  /** Ends the delivery; a call that is under way may still finish. Never blocks. */
  @Override
  void close();
}
