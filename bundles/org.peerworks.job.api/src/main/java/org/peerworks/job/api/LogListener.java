package org.peerworks.job.api;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** Receives a log, chunk by chunk. */
@ConsumerType
public interface LogListener {

  /**
   * @param offset of the first byte of the chunk in the log
   * @param chunk at most 64 KiB; may end inside a line or a character; valid until the returned
   *     stage completes
   * @return the next chunk is delivered when this completes. If it fails, the subscription ends.
   */
  CompletionStage<Void> onChunk(long offset, ByteBuffer chunk);

  /**
   * Nothing more will come: the job is final and all was delivered, or the subscription was closed.
   */
  default void onEnd() {}

  /**
   * Called instead of {@link #onEnd()} if the subscription was refused, or has failed: nothing, or
   * nothing more, will come.
   *
   * @param why {@link JobException.Code#LIMIT} if too many subscriptions are open
   */
  default void onFailed(JobException why) {
    onEnd();
  }
}
