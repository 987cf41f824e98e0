package org.peerworks.protocol.peerworks.internal.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.peerworks.protocol.api.LinkState;
import org.peerworks.protocol.peerworks.internal.wire.Serial;

/** Tells how a connection is, in the order of what happened. Thread-safe. */
final class LinkNews {

  private final Serial serial;
  private final List<Consumer<LinkState>> listeners = new CopyOnWriteArrayList<>();

  // Of the serial's tasks only.
  private LinkState latest = LinkState.connected();

  LinkNews(Executor pool) {
    this.serial = new Serial(pool);
  }

  void tell(LinkState state) {
    serial.execute(
        () -> {
          latest = state;
          listeners.forEach(listener -> listener.accept(state));
        });
  }

  /** Tells the latest, then what follows. */
  AutoCloseable listen(Consumer<LinkState> listener) {
    Consumer<LinkState> own = listener::accept;
    serial.execute(
        () -> {
          listeners.add(own);
          own.accept(latest);
        });
    return () -> listeners.remove(own);
  }
}
