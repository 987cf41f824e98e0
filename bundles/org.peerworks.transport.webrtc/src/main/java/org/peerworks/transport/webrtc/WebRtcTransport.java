package org.peerworks.transport.webrtc;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Transport;
import org.peerworks.transport.api.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects peers over WebRTC data channels. */
@Component(
    immediate = true,
    configurationPid = "org.peerworks.transport.webrtc",
    property = Transport.NAME + "=" + WebRtcTransport.TRANSPORT)
@Designate(ocd = WebRtcTransport.Config.class)
public final class WebRtcTransport implements Transport {

  static final String TRANSPORT = "webrtc";

  private static final Logger LOG = LoggerFactory.getLogger(WebRtcTransport.class);
  private static final long END_MILLIS = 4_000;

  @ObjectClassDefinition(
      name = "WebRTC transport",
      description = "Connections between peers over WebRTC data channels")
  @interface Config {
    @AttributeDefinition(
        description =
            "STUN and TURN servers beside those that the room recommends, such as 'stun:stun.example.org:3478'")
    String[] iceServers() default {};

    @AttributeDefinition(description = "User name for the TURN servers")
    String username() default "";

    @AttributeDefinition(
        description = "Password for the TURN servers",
        type = AttributeType.PASSWORD)
    String credential() default "";

    @AttributeDefinition(
        description = "Longest time to connect, in seconds",
        min = "1",
        max = "600")
    int connectTimeoutSeconds() default 30;

    @AttributeDefinition(
        description =
            "Longest time to ask STUN and TURN servers for addresses, in seconds; then those known so far are offered",
        min = "1",
        max = "60")
    int gatherTimeoutSeconds() default 5;

    @AttributeDefinition(
        description = "How long a connection may hear nothing before it is closed, in seconds",
        min = "1",
        max = "600")
    int disconnectGraceSeconds() default 30;

    @AttributeDefinition(
        description =
            "How many bytes one channel may have in the send buffer: 65536 to 8388608; less on long or slow links",
        min = "65536",
        max = "8388608")
    int highWaterBytes() default 1 << 20;

    @AttributeDefinition(
        description =
            "How many received bytes may wait on one connection, over all its channels, until they are taken; the channel that brings more is closed",
        min = "1048576",
        max = "1073741824")
    int receiveBufferBytes() default 32 << 20;

    @AttributeDefinition(
        description =
            "How many messages one connection may receive before it is closed; each costs about 90 bytes until then. Our own clients make a new one when nine tenths are used up",
        min = "1",
        max = "2147483647")
    int maxMessagesReceived() default 1_000_000;

    @AttributeDefinition(
        description = "How many channels one connection may have at once; more are closed",
        min = "1",
        max = "1000")
    int maxChannels() default 32;

    @AttributeDefinition(
        description = "Lowest UDP port to use; 0 for any",
        min = "0",
        max = "65535")
    int minPort() default 0;

    @AttributeDefinition(
        description = "Highest UDP port to use; 0 for any",
        min = "0",
        max = "65535")
    int maxPort() default 0;

    @AttributeDefinition(
        description = "How many peers of one room may be connected at once",
        min = "1",
        max = "10000")
    int maxPeers() default 128;

    @AttributeDefinition(
        description = "How many connections of one room may be set up at once",
        min = "1",
        max = "1000")
    int maxPending() default 8;

    @AttributeDefinition(
        description = "How many offers one peer may send within ten seconds; more are not answered",
        min = "1",
        max = "1000")
    int maxOffers() default 6;
  }

  private final Settings settings;
  private final NativeLibrary library;
  private final Supplier<LocalNetwork> networks;
  private final Threads threads = new Threads();
  private final Staging staging = new Staging();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Set<Acceptor> acceptors = ConcurrentHashMap.newKeySet();
  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
  private boolean ended;

  /** One peer of one room; an answer does not say which of two offers it is for. */
  private record Attempt(Room room, String peerId) {}

  @Activate
  public WebRtcTransport(BundleContext context, Config config) {
    this(Settings.of(config), libraryOf(context));
    threads.pool().execute(this::prepare);
  }

  WebRtcTransport(Settings settings, NativeLibrary library) {
    this(settings, library, () -> LocalNetwork.of(settings.minPort(), settings.maxPort()));
  }

  WebRtcTransport(Settings settings, NativeLibrary library, Supplier<LocalNetwork> networks) {
    this.networks = networks;
    this.settings = settings;
    this.library = library;
  }

  /** Loads the native library while other bundles start, so that nobody waits for it. */
  private void prepare() {
    try {
      library.load();
    } catch (TransportException e) {
      // It is remembered, and told to whoever connects or accepts.
      LOG.debug("The native library was not loaded ahead of its use", e);
    }
  }

  private static NativeLibrary libraryOf(BundleContext context) {
    Path directory = context.getDataFile("native").toPath();
    return new NativeLibrary(directory, context.getProperty(Constants.FRAMEWORK_UUID));
  }

  @Override
  public CompletionStage<Peer> connect(Room room, String peerId) {
    Attempt attempt = new Attempt(room, peerId);
    if (!attempts.add(attempt)) {
      return CompletableFuture.failedStage(
          new TransportException(
              "A connection to '" + peerId + "' is being made already. Wait for that one."));
    }
    CompletionStage<Peer> outcome;
    try {
      library.load();
      outcome = new Connector(room, peerId, link(peerId)).start(threads, settings.connectMillis());
    } catch (TransportException e) {
      outcome = CompletableFuture.failedStage(e);
    }
    return outcome.whenComplete((peer, failure) -> attempts.remove(attempt));
  }

  @Override
  public AutoCloseable accept(Room room, Consumer<Peer> accepted) {
    library.load();
    Acceptor acceptor = new Acceptor(room, settings, threads, this::link, accepted);
    acceptors.add(acceptor);
    acceptor.start();
    return () -> {
      acceptors.remove(acceptor);
      acceptor.close();
    };
  }

  private synchronized Link link(String peerId) {
    if (ended) {
      throw new TransportException("The WebRTC transport has been stopped.");
    }
    Link link = new Link(peerId, settings, threads, networks, staging);
    links.add(link);
    link.closed().thenAccept(reason -> links.remove(link));
    return link;
  }

  /** Those that hold native memory: set up, open or ending. */
  int connections() {
    return links.size();
  }

  /** Ends all connections and threads. */
  @Deactivate
  void close() {
    synchronized (this) {
      ended = true;
    }
    acceptors.forEach(Acceptor::close);
    links.forEach(link -> link.close("This side is being stopped."));
    try {
      awaitLinks();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.close();
  }

  private void awaitLinks() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MILLIS);
    for (Link link : links) {
      if (!link.join(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()))) {
        LOG.warn("The connection to '{}' did not end in time", link.peer());
      }
    }
  }
}
