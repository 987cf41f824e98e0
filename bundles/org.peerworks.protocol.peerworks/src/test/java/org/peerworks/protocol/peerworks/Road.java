package org.peerworks.protocol.peerworks;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.peerworks.protocol.api.LinkState;
import org.peerworks.protocol.api.Reconnector;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.TransportException;

/** Leads to a worker in memory as often as needed, over channels that can be cut. */
final class Road implements Reconnector {

  /** Ends of each channel that there was: the client's, the worker's. */
  final List<MemoryChannel[]> channels = new CopyOnWriteArrayList<>();

  final List<LinkState.Phase> told = new CopyOnWriteArrayList<>();

  private final Rig rig;
  private volatile Consumer<MemoryChannel[]> prepare = ends -> {};
  private volatile RuntimeException blocked;
  private volatile Road elsewhere = this;

  Road(Rig rig) {
    this.rig = rig;
  }

  /** What is done with each new channel before it is used. */
  Road prepare(Consumer<MemoryChannel[]> what) {
    prepare = what;
    return this;
  }

  RemoteWorker connect() {
    RemoteWorker worker = Rig.get(rig.client.connect(open(), this));
    worker.onLink(state -> told.add(state.phase()));
    return worker;
  }

  private Peer open() {
    MemoryChannel[] ends = rig.channel();
    channels.add(ends);
    prepare.accept(ends);
    return MemoryPeer.worker(ends[0]);
  }

  /** Lets nobody through; for a while if it is a {@link TransportException}. */
  void block(RuntimeException why) {
    blocked = why;
  }

  /** Leads to another worker from now on. */
  void lead(Road other) {
    elsewhere = other;
  }

  void unblock() {
    blocked = null;
  }

  void cut() {
    channels.get(channels.size() - 1)[0].cut();
  }

  long sentByClient() {
    return channels.stream().mapToLong(ends -> ends[0].bytesSent()).sum();
  }

  long sentByWorker() {
    return channels.stream().mapToLong(ends -> ends[1].bytesSent()).sum();
  }

  @Override
  public CompletionStage<Peer> reconnect() {
    channels.get(channels.size() - 1)[0].vanish();
    RuntimeException why = blocked;
    return why == null
        ? CompletableFuture.completedFuture(elsewhere.open())
        : CompletableFuture.failedFuture(why);
  }
}
