package org.peerworks.transport.direct;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;

/** A worker and a client in one room, each with a transport of its own, on loopback. */
final class Pair implements AutoCloseable {

  final Map<String, MemoryRoom> members = new ConcurrentHashMap<>();
  final MemoryRoom workerRoom = new MemoryRoom(members, "worker");
  final MemoryRoom clientRoom = new MemoryRoom(members, "client");
  final DirectTransport worker;
  final DirectTransport client;
  final BlockingQueue<Peer> accepted = new LinkedBlockingQueue<>();
  final BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();
  final AutoCloseable accepting;

  Pair() {
    this(settings());
  }

  /**
   * @param tuned of both sides
   */
  Pair(Tuned tuned) {
    worker = new DirectTransport(tuned.get());
    client = new DirectTransport(tuned.get());
    accepting =
        worker.accept(
            workerRoom,
            peer -> {
              peer.onChannel(channels::add);
              accepted.add(peer);
            });
  }

  /** On loopback, and patient with busy machines. */
  static Tuned settings() {
    return Tuned.settings()
        .with("bindAddress", "127.0.0.1")
        .with("answerTimeoutSeconds", 60)
        .with("reachTimeoutSeconds", 60)
        .with("handshakeTimeoutSeconds", 60)
        .with("disconnectGraceSeconds", 600); // so that no ping helps a sender that sleeps
  }

  Peer connect() throws Exception {
    return get(client.connect(clientRoom, "worker"));
  }

  Peer accepted() throws Exception {
    return accepted.poll(60, TimeUnit.SECONDS);
  }

  Channel arrived() throws Exception {
    return channels.poll(60, TimeUnit.SECONDS);
  }

  /** Where the worker listens. */
  int port() {
    return (int) worker.announcement().get("port");
  }

  static Channel open(Peer peer, String label) throws Exception {
    return get(peer.open(label, ChannelOptions.DEFAULT));
  }

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    Listening.end(accepting);
    client.close();
    worker.close();
    clientRoom.close();
    workerRoom.close();
  }
}
