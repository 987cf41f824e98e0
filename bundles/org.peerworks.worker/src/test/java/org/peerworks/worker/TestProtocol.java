package org.peerworks.worker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/** A protocol that remembers what it was to serve; on the label "bad" it fails. */
final class TestProtocol implements Protocol {

  final List<Channel> served = new CopyOnWriteArrayList<>();
  volatile String broken = "";

  @Override
  public Object announcement() {
    if (!broken.isEmpty()) {
      throw new IllegalStateException(broken);
    }
    return Map.of("version", 1);
  }

  @Override
  public boolean accepts(String label) {
    return label.equals("good") || label.equals("bad");
  }

  @Override
  public void serve(Peer peer, Channel channel) {
    if (channel.label().equals("bad")) {
      throw new IllegalStateException("broken");
    }
    served.add(channel);
  }

  @Override
  public boolean speaks(PeerInfo worker) {
    return false;
  }

  @Override
  public CompletionStage<RemoteWorker> connect(Peer worker) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }
}
