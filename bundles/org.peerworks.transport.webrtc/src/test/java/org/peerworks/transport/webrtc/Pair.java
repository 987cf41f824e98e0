package org.peerworks.transport.webrtc;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;

/** A worker and a client in one room, each with a transport of its own. */
final class Pair implements AutoCloseable {

  static final Settings SETTINGS = Tuned.settings().with("gatherTimeoutSeconds", 2).get();

  final Map<String, MemoryRoom> members = new ConcurrentHashMap<>();
  final MemoryRoom workerRoom = new MemoryRoom(members, "worker");
  final MemoryRoom clientRoom = new MemoryRoom(members, "client");
  final WebRtcTransport worker;
  final WebRtcTransport client;
  final BlockingQueue<Peer> accepted = new LinkedBlockingQueue<>();
  final BlockingQueue<Channel> channels = new LinkedBlockingQueue<>();
  final AutoCloseable accepting;

  Pair(Path directory) {
    this(directory, SETTINGS, SETTINGS);
  }

  Pair(Path directory, Settings workerSettings, Settings clientSettings) {
    worker = new WebRtcTransport(workerSettings, library(directory));
    client = new WebRtcTransport(clientSettings, library(directory));
    accepting =
        worker.accept(
            workerRoom,
            peer -> {
              peer.onChannel(channels::add);
              accepted.add(peer);
            });
  }

  static NativeLibrary library(Path directory) {
    return new NativeLibrary(directory, "test");
  }

  Peer connect() throws Exception {
    return get(client.connect(clientRoom, "worker"));
  }

  Peer accepted() throws Exception {
    return accepted.poll(20, TimeUnit.SECONDS);
  }

  Channel arrived() throws Exception {
    return channels.poll(20, TimeUnit.SECONDS);
  }

  static Channel open(Peer peer, String label) throws Exception {
    return get(peer.open(label, ChannelOptions.DEFAULT));
  }

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
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
