package org.peerworks.transport.webrtc;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/** Bytes over {@link Channel} to a process, for {@link TransferBenchmark}. */
final class ChannelTransfer {

  private static final int IN_FLIGHT = 16;

  private ChannelTransfer() {}

  /** Sends so many bytes to a process until it has them all. */
  static Spent send(Path directory, long bytes, int size) throws Exception {
    Map<String, MemoryRoom> members = new ConcurrentHashMap<>();
    WebRtcTransport transport =
        new WebRtcTransport(Tuned.settings().get(), Pair.library(directory));
    try (Remote remote = new Remote(members, directory, Remote.class, Long.toString(bytes))) {
      Peer peer = Pair.get(transport.connect(new MemoryRoom(members, "client"), "worker"));
      Channel channel = Pair.open(peer, "data");
      CompletableFuture<Void> done = new CompletableFuture<>();
      channel.receive(
          new Collected() {
            @Override
            public void onText(String message) {
              done.complete(null);
            }

            @Override
            public void onClosed(String reason) {
              done.completeExceptionally(Failures.of(reason));
            }
          });
      ByteBuffer message = ByteBuffer.allocateDirect(size);
      Semaphore free = new Semaphore(IN_FLIGHT);
      Spent.Meter meter = new Spent.Meter(ProcessHandle.current(), remote.handle());
      for (long sent = 0; sent < bytes; sent += size) {
        free.acquire();
        channel.send(message).whenComplete((v, failure) -> free.release());
      }
      done.get(120, TimeUnit.SECONDS);
      Spent spent = meter.read();
      remote.kill();
      return spent;
    } finally {
      transport.close();
    }
  }
}
