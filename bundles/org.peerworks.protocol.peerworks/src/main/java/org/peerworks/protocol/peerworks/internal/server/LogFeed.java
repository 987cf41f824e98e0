package org.peerworks.protocol.peerworks.internal.server;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.LogListener;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/** Sends a log. */
record LogFeed(Feed feed) implements LogListener {

  @Override
  public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    return feed.deliver(Json.message("log").put("offset", offset).put("data", bytes));
  }

  @Override
  public void onEnd() {
    feed.end();
  }

  @Override
  public void onFailed(JobException why) {
    feed.fail(why);
  }
}
