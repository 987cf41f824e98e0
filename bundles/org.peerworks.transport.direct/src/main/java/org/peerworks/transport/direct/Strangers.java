package org.peerworks.transport.direct;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Who has connected and brought no ticket yet. There are only so many, each only for so long; who
 * has waited longest gives way. By one thread, but for {@link #size}.
 */
final class Strangers {

  private static final long MOST_MILLIS = 5_000;

  /** One of them. */
  static final class Stranger {

    private final SocketChannel socket;
    private final ByteBuffer received = ByteBuffer.allocate(Preamble.SIZE);
    private final long since = System.nanoTime();

    private Stranger(SocketChannel socket) {
      this.socket = socket;
    }

    SocketChannel socket() {
      return socket;
    }

    /**
     * Reads what is there, and no more than belongs to this.
     *
     * @return whether it is all there
     * @throws IOException if there will be no more
     */
    boolean read() throws IOException {
      if (socket.read(received) < 0) {
        throw new IOException("It was closed.");
      }
      return !received.hasRemaining();
    }

    Optional<String> ticket() {
      return Preamble.ticket(received.flip());
    }
  }

  private final int most;
  private final long patience;

  /** Oldest first. */
  private final Deque<Stranger> waiting = new ArrayDeque<>();

  private volatile int size;

  /**
   * @param millis that a handshake may take: nobody needs longer to begin one
   */
  Strangers(int most, long millis) {
    this.most = most;
    this.patience = TimeUnit.MILLISECONDS.toNanos(Math.min(MOST_MILLIS, millis));
  }

  void add(SelectionKey key) {
    if (waiting.size() >= most) {
      close(waiting.peekFirst());
    }
    Stranger stranger = new Stranger((SocketChannel) key.channel());
    key.attach(stranger);
    waiting.addLast(stranger);
    size = waiting.size();
  }

  void remove(Stranger stranger) {
    waiting.remove(stranger);
    size = waiting.size();
  }

  void close(Stranger stranger) {
    remove(stranger);
    Gate.closeQuietly(stranger.socket());
  }

  /** Until the next one has waited long enough; 0 if there is none. */
  long millisToNext() {
    Stranger first = waiting.peekFirst();
    return first == null
        ? 0
        : Math.max(1, TimeUnit.NANOSECONDS.toMillis(patience - (System.nanoTime() - first.since)));
  }

  /** Closes those that have waited too long. */
  void closeLate() {
    long now = System.nanoTime();
    for (Iterator<Stranger> all = waiting.iterator(); all.hasNext(); ) {
      Stranger stranger = all.next();
      if (now - stranger.since < patience) {
        break;
      }
      all.remove();
      Gate.closeQuietly(stranger.socket());
    }
    size = waiting.size();
  }

  void closeAll() {
    waiting.forEach(stranger -> Gate.closeQuietly(stranger.socket()));
    waiting.clear();
    size = 0;
  }

  int size() {
    return size;
  }
}
