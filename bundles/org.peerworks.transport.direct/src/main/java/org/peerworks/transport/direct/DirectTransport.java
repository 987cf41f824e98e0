package org.peerworks.transport.direct;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Transport;
import org.peerworks.transport.api.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects peers over TCP with TLS 1.3, where one can reach the other. */
@Component(
    configurationPid = "org.peerworks.transport.direct",
    property = Transport.NAME + "=" + DirectTransport.TRANSPORT)
@Designate(ocd = DirectTransport.Config.class)
public final class DirectTransport implements Transport {

  static final String TRANSPORT = "direct";

  private static final Logger LOG = LoggerFactory.getLogger(DirectTransport.class);
  private static final int VERSION = 1;
  private static final long END_MILLIS = 2_500;

  @ObjectClassDefinition(
      name = "Direct transport",
      description =
          "Connections between peers over TCP with TLS 1.3, for machines that reach each other")
  @interface Config {
    @AttributeDefinition(
        description =
            "Which transport is tried first where several may do: the one with the highest number; 'webrtc' has 0",
        min = "-1000",
        max = "1000")
    int transport_preference() default 100;

    @AttributeDefinition(
        description = "Address of this machine to listen on; empty for all of them")
    String bindAddress() default "";

    @AttributeDefinition(
        description = "TCP port to listen on; 0 for any that is free",
        min = "0",
        max = "65535")
    int port() default 0;

    @AttributeDefinition(
        description =
            "Addresses or names that clients are told to try, best first; empty for all of this machine's")
    String[] advertise() default {};

    @AttributeDefinition(
        description =
            "Port that clients are told to try, where it is forwarded; 0 for the one that is listened on",
        min = "0",
        max = "65535")
    int advertisedPort() default 0;

    @AttributeDefinition(
        description = "How long a peer may take to answer an offer, in seconds",
        min = "1",
        max = "600")
    int answerTimeoutSeconds() default 3;

    @AttributeDefinition(
        description =
            "How long an address may take to be reached, in seconds; then another transport has its turn",
        min = "1",
        max = "600")
    int reachTimeoutSeconds() default 2;

    @AttributeDefinition(
        description = "How long both sides may take to prove themselves, in seconds",
        min = "1",
        max = "600")
    int handshakeTimeoutSeconds() default 10;

    @AttributeDefinition(
        description = "How long a connection may hear nothing before it is closed, in seconds",
        min = "1",
        max = "600")
    int disconnectGraceSeconds() default 30;

    @AttributeDefinition(
        description =
            "How many received bytes may wait on one connection, over all its channels, until they are taken; its sender waits then",
        min = "1048576",
        max = "1073741824")
    int receiveBufferBytes() default 32 << 20;

    @AttributeDefinition(
        description = "How many channels one connection may have at once; more are closed",
        min = "1",
        max = "1000")
    int maxChannels() default 32;

    @AttributeDefinition(
        description = "How many peers of one room may be connected at once",
        min = "1",
        max = "10000")
    int maxPeers() default 128;

    @AttributeDefinition(
        description = "How many peers of one room may be invited to connect at once",
        min = "1",
        max = "1000")
    int maxPending() default 8;

    @AttributeDefinition(
        description = "How many offers one peer may send within ten seconds; more are not answered",
        min = "1",
        max = "1000")
    int maxOffers() default 6;

    @AttributeDefinition(
        description =
            "How many sockets may be open that have not shown an invitation; the one that has waited longest is closed for a new one",
        min = "1",
        max = "10000")
    int maxStrangers() default 64;
  }

  private final Settings settings;
  private final Threads threads = new Threads();
  private final Entrance entrance;
  private final Set<Acceptor> acceptors = ConcurrentHashMap.newKeySet();
  private final Set<Connector> connectors = ConcurrentHashMap.newKeySet();
  private Identity identity;
  private Gate gate;
  private boolean ended;

  @Activate
  public DirectTransport(Config config) {
    this(Settings.of(config));
  }

  DirectTransport(Settings settings) {
    this.settings = settings;
    this.entrance = new Entrance(settings, threads, this::identity);
  }

  /** Made when it is needed first, which takes a moment. */
  private synchronized Identity identity() {
    if (identity == null) {
      identity = Identity.create();
    }
    return identity;
  }

  @Override
  public CompletionStage<Peer> connect(Room room, String peerId) {
    Connector connector;
    try {
      connector = new Connector(room, peerId, settings, threads, entrance, identity());
      synchronized (this) {
        requireRunning();
        connectors.add(connector);
      }
    } catch (TransportException e) {
      return CompletableFuture.failedStage(e);
    }
    return connector.start(() -> connectors.remove(connector));
  }

  @Override
  public AutoCloseable accept(Room room, Consumer<Peer> accepted) {
    Acceptor acceptor;
    synchronized (this) {
      requireRunning();
      if (gate == null) {
        gate = Gate.open(settings, entrance::welcome);
        LOG.info("Listening on port {}; peers are told to try {}", gate.port(), gate.addresses());
      }
      acceptor = new Acceptor(room, settings, threads, gate, this::identity, accepted);
      acceptors.add(acceptor);
    }
    acceptor.start();
    return () -> {
      acceptor.close();
      removed(acceptor);
    };
  }

  private void removed(Acceptor acceptor) {
    Gate unused = null;
    synchronized (this) {
      acceptors.remove(acceptor);
      if (acceptors.isEmpty()) {
        unused = gate;
        gate = null;
      }
    }
    if (unused != null) {
      unused.close();
    }
  }

  private synchronized void requireRunning() {
    if (ended) {
      throw new TransportException("The transport 'direct' has been stopped.");
    }
  }

  @Override
  public synchronized Map<String, Object> announcement() {
    return gate == null
        ? Map.of()
        : Map.of("version", VERSION, "addresses", gate.addresses(), "port", gate.port());
  }

  @Override
  public boolean leadsTo(PeerInfo peer) {
    return peer.properties().get(ANNOUNCED) instanceof Map<?, ?> transports
        && transports.get(TRANSPORT) instanceof Map<?, ?> announced
        && announced.get("version") instanceof Number version
        && version.intValue() >= VERSION;
  }

  /** Sockets that have shown no invitation yet. */
  synchronized int strangers() {
    return gate == null ? 0 : gate.waiting();
  }

  /** Those that are open or ending. */
  int connections() {
    return entrance.links().size();
  }

  /** Ends all connections, sockets and threads. */
  @Deactivate
  void close() {
    synchronized (this) {
      ended = true;
    }
    for (Acceptor acceptor : List.copyOf(acceptors)) {
      acceptor.close();
      removed(acceptor);
    }
    connectors.forEach(connector -> connector.fail("The transport is being stopped."));
    entrance.close();
    try {
      awaitLinks();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.close();
  }

  private void awaitLinks() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MILLIS);
    for (Link link : entrance.links()) {
      if (!link.join(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()))) {
        link.closePipe();
        LOG.warn("The connection to '{}' did not end in time", Failures.shown(link.peer()));
      }
    }
  }
}
