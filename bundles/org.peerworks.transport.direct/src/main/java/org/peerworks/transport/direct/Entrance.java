package org.peerworks.transport.direct;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.peerworks.transport.api.ChannelBinding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes connections of sockets: both sides prove themselves, within a time. */
final class Entrance implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  private final Settings settings;
  private final Threads threads;
  private final Supplier<Identity> self;
  private final Set<SocketChannel> pending = ConcurrentHashMap.newKeySet();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private boolean closed;

  /**
   * @param self the key of this side
   */
  Entrance(Settings settings, Threads threads, Supplier<Identity> self) {
    this.settings = settings;
    this.threads = threads;
    this.self = self;
  }

  /** Lets a guest in, if it proves to be the one that is invited. Does not block. */
  void welcome(SocketChannel socket, Invitation invitation) {
    threads
        .pool()
        .execute(
            () -> {
              try {
                Link link = admit(socket, invitation);
                if (link != null) {
                  invitation.enter(link);
                }
              } catch (IOException | RuntimeException e) {
                LOG.warn(
                    "A connection for '{}' from '{}' was refused: {}",
                    Failures.shown(invitation.peer()),
                    remote(socket),
                    Failures.words(e));
                LOG.debug("It was refused because of this", e);
                Gate.closeQuietly(socket);
              } finally {
                invitation.tried();
              }
            });
  }

  /** Answers {@code null} if it has come in another way meanwhile. */
  private Link admit(SocketChannel socket, Invitation invitation) throws IOException {
    return within(
        socket,
        () -> {
          TlsPipe pipe = Tls.open(socket, self.get(), invitation.fingerprint(), false);
          if (!invitation.use()) {
            pipe.close();
            return null;
          }
          return link(invitation.peer(), invitation.fingerprint(), false, pipe);
        });
  }

  /**
   * Asks to be let in, on a socket that has just been connected. Blocks.
   *
   * @param peer id of the other side
   * @param fingerprint that it must present
   */
  Link enter(SocketChannel socket, String ticket, String peer, Fingerprint fingerprint)
      throws IOException {
    return within(
        socket,
        () -> {
          socket.write(Preamble.of(ticket));
          TlsPipe pipe = Tls.open(socket, self.get(), fingerprint, true);
          return link(peer, fingerprint, true, pipe);
        });
  }

  private Link link(String peer, Fingerprint other, boolean connected, TlsPipe pipe)
      throws IOException {
    ChannelBinding binding = new ChannelBinding(self.get().fingerprint().text(), other.text());
    Link link = new Link(peer, connected, pipe, binding, settings, threads);
    link.greet();
    synchronized (this) {
      if (closed) {
        throw new IOException("The transport is being stopped.");
      }
      links.add(link);
    }
    link.closed().thenAccept(reason -> links.remove(link));
    return link;
  }

  /** Something that blocks. */
  private interface Step {
    Link take() throws IOException;
  }

  /** Ends what takes too long by closing its socket. */
  private Link within(SocketChannel socket, Step step) throws IOException {
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Future<?> late = threads.after(settings.handshakeMillis(), () -> Gate.closeQuietly(socket));
    pending.add(socket);
    try {
      if (isClosed()) {
        throw new IOException("The transport is being stopped.");
      }
      return step.take();
    } catch (ClosedChannelException e) {
      throw late.isDone() && !isClosed()
          ? new IOException(
              "It did not prove who it is within " + settings.handshakeMillis() / 1000 + " s.", e)
          : e;
    } finally {
      pending.remove(socket);
      late.cancel(false);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private static String remote(SocketChannel socket) {
    try {
      return String.valueOf(socket.getRemoteAddress());
    } catch (IOException e) {
      return "a socket that is closed";
    }
  }

  /** Connections that are open or ending. */
  Set<Link> links() {
    return Set.copyOf(links);
  }

  /** Ends what is set up and what is open; does not wait. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    pending.forEach(Gate::closeQuietly);
    links.forEach(link -> link.close("This side is being stopped."));
  }
}
