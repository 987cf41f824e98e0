package org.peerworks.transport.direct;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks for the other side at all of its addresses, a moment after each other. The first one where
 * it proves to be who it is wins.
 */
final class Dialer {

  /** Most often the first address is right, so the next one waits so long. */
  private static final long STAGGER_MILLIS = 150;

  private final Settings settings;
  private final Threads threads;
  private final Entrance entrance;
  private final String peer;
  private final Note.Answer answer;
  private final CompletableFuture<Link> result = new CompletableFuture<>();
  private final Set<SocketChannel> sockets = ConcurrentHashMap.newKeySet();
  private final List<String> reasons = new ArrayList<>();
  private int next;

  Dialer(Settings settings, Threads threads, Entrance entrance, String peer, Note.Answer answer) {
    this.settings = settings;
    this.threads = threads;
    this.entrance = entrance;
    this.peer = peer;
    this.answer = answer;
  }

  /** Begins; does not block. If the result is cancelled, so is this. */
  CompletionStage<Link> dial() {
    result.whenComplete((link, failure) -> sockets.forEach(Gate::closeQuietly));
    if (answer.addresses().isEmpty()) {
      result.completeExceptionally(
          Failures.of("'" + peer + "' gave no address. See 'advertise' in its configuration."));
    } else {
      begin();
    }
    return result;
  }

  /** Tries the next address, if there is one and none was found yet. */
  private void begin() {
    int current;
    synchronized (this) {
      if (next >= answer.addresses().size() || result.isDone()) {
        return;
      }
      current = next++;
    }
    threads.pool().execute(() -> tryOne(answer.addresses().get(current)));
    threads.after(STAGGER_MILLIS, () -> beginAfter(current));
  }

  private void beginAfter(int last) {
    boolean first;
    synchronized (this) {
      first = next == last + 1;
    }
    if (first) {
      begin();
    }
  }

  private void tryOne(String address) {
    try (Attempt attempt = new Attempt()) {
      Link link = attempt.make(address);
      if (!result.complete(link)) {
        link.discard();
      }
    } catch (IOException | RuntimeException e) {
      failed(address, e);
    }
  }

  private void failed(String address, Exception e) {
    String why =
        e instanceof SocketTimeoutException
            ? "no answer within " + settings.reachMillis() / 1000 + " s"
            : Failures.words(e);
    boolean all;
    synchronized (this) {
      reasons.add(address + " (" + why + ")");
      all = reasons.size() == answer.addresses().size();
    }
    if (all) {
      result.completeExceptionally(
          Failures.of(
              "'"
                  + peer
                  + "' was not reached on port "
                  + answer.port()
                  + " of "
                  + String.join(", ", reasons)
                  + "."));
    } else {
      begin();
    }
  }

  /** A socket that is closed unless a connection comes of it. */
  private final class Attempt implements AutoCloseable {

    private final SocketChannel socket;
    private boolean made;

    Attempt() throws IOException {
      socket = SocketChannel.open();
      sockets.add(socket);
    }

    Link make(String address) throws IOException {
      InetAddress to = InetAddress.getByName(address);
      if (to.isAnyLocalAddress() || to.isMulticastAddress()) {
        throw new IOException("nobody can be there");
      }
      if (result.isDone()) {
        throw new IOException("not needed any more");
      }
      socket
          .socket()
          .connect(new InetSocketAddress(to, answer.port()), (int) settings.reachMillis());
      Link link = entrance.enter(socket, answer.ticket(), peer, answer.fingerprint());
      made = true;
      sockets.remove(socket);
      return link;
    }

    @Override
    public void close() {
      sockets.remove(socket);
      if (!made) {
        Gate.closeQuietly(socket);
      }
    }
  }
}
