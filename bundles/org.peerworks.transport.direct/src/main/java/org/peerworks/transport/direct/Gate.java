package org.peerworks.transport.direct;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.peerworks.transport.api.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for connections, and lets those through that have a ticket. One thread does that for all:
 * whoever has none costs a socket and 20 bytes, for seconds at most.
 */
final class Gate implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private static final int BACKLOG = 128;

  /** Pause where the system has no socket left. */
  private static final long PAUSE_MILLIS = 1_000;

  private static final long END_MILLIS = 2_000;

  private final Map<String, Invitation> invitations = new ConcurrentHashMap<>();
  private final BiConsumer<SocketChannel, Invitation> guests;
  private final ServerSocketChannel server;
  private final Selector selector;
  private final Strangers strangers;
  private final List<String> addresses;
  private final int port;
  private final Thread thread;

  /** Used by the thread only. */
  private final Map<SocketChannel, Invitation> guestsNow = new HashMap<>();

  private volatile boolean closed;

  private Gate(
      Settings settings,
      ServerSocketChannel server,
      Selector selector,
      BiConsumer<SocketChannel, Invitation> guests)
      throws IOException {
    this.guests = guests;
    this.server = server;
    this.selector = selector;
    this.strangers = new Strangers(settings.maxStrangers(), settings.handshakeMillis());
    server.configureBlocking(false);
    server.bind(new InetSocketAddress(bound(settings), settings.port()), BACKLOG);
    server.register(selector, SelectionKey.OP_ACCEPT);
    InetSocketAddress local = (InetSocketAddress) server.getLocalAddress();
    this.addresses =
        settings.advertise().isEmpty() ? Addresses.of(local.getAddress()) : settings.advertise();
    this.port = settings.advertisedPort() == 0 ? local.getPort() : settings.advertisedPort();
    this.thread = Threads.thread(this::run, "peerworks-direct-gate");
  }

  /**
   * Begins to listen.
   *
   * @param guests gets sockets that brought a ticket, in blocking mode; must not block
   * @throws TransportException if that cannot be
   */
  static Gate open(Settings settings, BiConsumer<SocketChannel, Invitation> guests) {
    ServerSocketChannel server = null;
    Selector selector = null;
    try {
      server = ServerSocketChannel.open();
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      selector = Selector.open();
      Gate gate = new Gate(settings, server, selector, guests);
      gate.thread.start();
      return gate;
    } catch (IOException e) {
      closeQuietly(server);
      closeQuietly(selector);
      throw new TransportException(
          "Cannot listen on port "
              + settings.port()
              + (settings.bindAddress().isEmpty() ? "" : " of '" + settings.bindAddress() + "'")
              + ": "
              + Failures.words(e)
              + ". See 'port' and 'bindAddress' in 'org.peerworks.transport.direct.cfg'.",
          e);
    }
  }

  private static InetAddress bound(Settings settings) throws IOException {
    return settings.bindAddress().isEmpty()
        ? new InetSocketAddress(0).getAddress()
        : InetAddress.getByName(settings.bindAddress());
  }

  /** Under which this side can be reached. */
  List<String> addresses() {
    return addresses;
  }

  int port() {
    return port;
  }

  /**
   * Lets whoever brings this ticket try to come in.
   *
   * @return false if somebody has this ticket already
   */
  boolean invite(String ticket, Invitation invitation) {
    return invitations.putIfAbsent(ticket, invitation) == null;
  }

  void withdraw(String ticket, Invitation invitation) {
    invitations.remove(ticket, invitation);
  }

  /** Sockets that have brought no ticket yet. */
  int waiting() {
    return strangers.size();
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(strangers.millisToNext());
        do {
          List<SelectionKey> keys = List.copyOf(selector.selectedKeys());
          selector.selectedKeys().clear();
          keys.forEach(this::ready);
        } while (welcomeAll());
        strangers.closeLate();
      }
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        LOG.error("The transport 'direct' accepts no more connections", e);
      }
    } finally {
      strangers.closeAll();
      closeQuietly(server);
      closeQuietly(selector);
    }
  }

  private void ready(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    if (key.isAcceptable()) {
      accept();
    } else {
      read(key);
    }
  }

  private void accept() {
    try {
      for (SocketChannel socket = server.accept(); socket != null; socket = server.accept()) {
        register(socket);
      }
    } catch (IOException e) {
      LOG.warn("A connection could not be accepted", e);
      pause();
    }
  }

  private void register(SocketChannel socket) {
    try {
      socket.configureBlocking(false);
      strangers.add(socket.register(selector, SelectionKey.OP_READ));
    } catch (IOException e) {
      closeQuietly(socket);
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(SelectionKey key) {
    Strangers.Stranger stranger = (Strangers.Stranger) key.attachment();
    try {
      if (!stranger.read()) {
        return;
      }
      Invitation invitation = stranger.ticket().map(invitations::get).orElse(null);
      if (invitation == null || !invitation.mayTry()) {
        strangers.close(stranger);
        return;
      }
      strangers.remove(stranger);
      key.cancel();
      guestsNow.put(stranger.socket(), invitation);
    } catch (IOException e) {
      strangers.close(stranger);
    }
  }

  /**
   * Hands over who has brought a ticket.
   *
   * @return whether others may have become ready meanwhile
   */
  private boolean welcomeAll() throws IOException {
    if (guestsNow.isEmpty()) {
      return false;
    }
    selector.selectNow(); // only then their sockets may block
    guestsNow.forEach(this::welcome);
    guestsNow.clear();
    return true;
  }

  private void welcome(SocketChannel socket, Invitation invitation) {
    try {
      socket.configureBlocking(true);
      guests.accept(socket, invitation);
    } catch (IOException e) {
      invitation.tried();
      closeQuietly(socket);
    }
  }

  static void closeQuietly(AutoCloseable resource) {
    try {
      if (resource != null) {
        resource.close();
      }
    } catch (Exception e) {
      LOG.debug("A socket could not be closed", e);
    }
  }

  /** Listens no more. Connections that have come in stay. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    thread.interrupt();
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
