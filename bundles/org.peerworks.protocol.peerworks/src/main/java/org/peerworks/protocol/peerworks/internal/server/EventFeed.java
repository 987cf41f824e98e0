package org.peerworks.protocol.peerworks.internal.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletionStage;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.peerworks.internal.model.EventJson;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/** Sends job events. */
record EventFeed(Feed feed) implements JobEventListener {

  @Override
  public CompletionStage<Void> onEvent(JobEvent event) {
    ObjectNode message = Json.message("event");
    message.set("event", EventJson.write(event));
    return feed.deliver(message);
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
