package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.peerworks.signaling.api.IceServer;
import org.peerworks.transport.api.ChannelBinding;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Traffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One native connection and its channels, from the first description to the end.
 *
 * <p>Thread-safe; what says "on the loop" is called on the link's own thread only.
 */
final class Link {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private final String peer;
  private final Settings settings;
  private final Supplier<LocalNetwork> networks;
  private final Threads threads;
  private final Executor pool;
  private final Staging staging;
  private final PeerLoop loop;
  private final Negotiation negotiation;
  private final Counters counters = new Counters();
  private final ReceiveBudget budget;
  private final ChannelSet channels;
  private final NetworkPath path = new NetworkPath(this);
  private final CompletableFuture<ChannelBinding> connected = new CompletableFuture<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final CompletableFuture<Void> worn = new CompletableFuture<>();
  private volatile Consumer<WebRtcChannel> arrivals = WebRtcChannel::close;
  private volatile Hearing hearing = new Hearing(() -> {}, () -> {});

  // Used by the loop only.
  private Natives natives;
  private LocalNetwork network;
  private ControlChannel control;
  private boolean ended;

  /**
   * @param networks says how to use this machine's network
   * @param staging lends memory
   */
  Link(
      String peer,
      Settings settings,
      Threads threads,
      Supplier<LocalNetwork> networks,
      Staging staging) {
    this.networks = networks;
    this.peer = peer;
    this.settings = settings;
    this.budget = new ReceiveBudget(settings.receiveBufferBytes());
    this.threads = threads;
    this.pool = threads.pool();
    this.staging = staging;
    this.channels = new ChannelSet(this);
    this.loop =
        new PeerLoop(
            "peerworks-webrtc-peer-" + peer,
            channels::pump,
            failure -> end("Sending over WebRTC failed: " + failure));
    this.negotiation = new Negotiation(this, settings.gatherMillis());
  }

  /**
   * Makes the native objects.
   *
   * @param arrived gets the channels that the other side opens, on the loop
   */
  void start(List<IceServer> recommended, Consumer<WebRtcChannel> arrived) {
    arrivals = arrived;
    loop.start();
    loop.execute(
        () -> {
          try {
            PeerCallbacks callbacks = new PeerCallbacks(this);
            network = networks.get();
            natives = new Natives(settings.nativeConfiguration(recommended, network), callbacks);
            control = new ControlChannel(this, natives.control());
          } catch (RuntimeException | Error e) {
            LOG.error("No WebRTC connection to '{}' could be made", peer, e);
            end("WebRTC could not make a connection: " + e.getMessage());
          }
        });
  }

  String peer() {
    return peer;
  }

  Settings settings() {
    return settings;
  }

  /** What may wait to be received, over all channels. */
  ReceiveBudget budget() {
    return budget;
  }

  Staging staging() {
    return staging;
  }

  Executor pool() {
    return pool;
  }

  Negotiation negotiation() {
    return negotiation;
  }

  /** On the loop. */
  LocalNetwork network() {
    return network;
  }

  /** Completes when channels can be opened. */
  CompletionStage<ChannelBinding> connected() {
    return connected;
  }

  /** Completes, with the reason, when everything native is gone. */
  CompletionStage<String> closed() {
    return closed;
  }

  /** Completes when most of the messages that it may receive are received. */
  CompletionStage<Void> worn() {
    return worn;
  }

  Traffic traffic() {
    return counters.traffic(channels.bytesWaiting());
  }

  /** How many channels there are now. */
  int channels() {
    return channels.size();
  }

  boolean execute(Runnable task) {
    return loop.execute(task);
  }

  void wake() {
    loop.wake();
  }

  void after(long millis, Runnable task) {
    threads.after(millis, () -> loop.execute(task));
  }

  /** Runs something that uses the native connection on the loop; fails if there is none. */
  <T> CompletableFuture<T> call(Function<RTCPeerConnection, CompletableFuture<T>> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable guarded =
        () -> {
          if (natives == null || ended) {
            result.completeExceptionally(gone());
            return;
          }
          try {
            task.apply(natives.connection())
                .whenComplete(
                    (value, failure) -> {
                      if (failure == null) {
                        result.complete(value);
                      } else {
                        result.completeExceptionally(failure);
                      }
                    });
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(Failures.of("WebRTC failed", e));
          }
        };
    if (!loop.execute(guarded)) {
      result.completeExceptionally(gone());
    }
    return result;
  }

  private RuntimeException gone() {
    return Failures.of(
        "The connection to '" + peer + "' is closed: " + closed.getNow("it is being closed"));
  }

  CompletableFuture<WebRtcChannel> open(String label, ChannelOptions options) {
    return call(
        connection -> {
          if (channels.size() >= settings.maxChannels()) {
            throw Failures.of(channels.tooMany());
          }
          WebRtcChannel channel = channels.add(channels.of(natives.channel(label, options)), label);
          after(
              settings.connectMillis(),
              () -> channel.notOpened("Channel '" + label + "' was not opened in time."));
          return channel.opened().thenApply(done -> channel);
        });
  }

  /** On the loop: the other side has opened a channel. */
  void arrived(RTCDataChannel data) {
    if (natives != null) {
      arrived(channels.of(data), data.getLabel());
    }
  }

  void arrived(NativeChannel data, String label) {
    leaked();
    Optional<String> refusal = channels.refusal(label);
    WebRtcChannel channel = channels.add(data, label);
    if (ended || refusal.isPresent()) {
      channel.refuse(refusal.orElse("The connection is being closed."));
    } else {
      arrivals.accept(channel);
    }
  }

  /** On the loop: a channel has no native part any more. */
  void gone(WebRtcChannel channel) {
    channels.remove(channel);
  }

  void sent(int bytes) {
    counters.sent(bytes);
  }

  void received(int bytes) {
    counters.received(bytes);
    leaked();
  }

  /** Each received message and channel costs memory until the end, so there is one in time. */
  private void leaked() {
    long most = settings.maxMessagesReceived();
    long leaked = counters.leaked();
    if (leaked == most - most / 10) {
      pool.execute(() -> worn.complete(null));
    }
    if (leaked == most) {
      close(
          "This connection has received %d messages, which is all that one may. Connect again."
              .formatted(most));
    }
  }

  /** On the loop. */
  void gatheringChanged(RTCIceGatheringState state) {
    negotiation.gatheringChanged(state);
  }

  /** On the loop: channels can be opened. */
  void controlOpened() {
    if (!ended) {
      ChannelBinding binding = negotiation.binding(natives.connection());
      pool.execute(() -> connected.complete(binding));
    }
  }

  /** On the loop. */
  void connectionChanged(RTCPeerConnectionState state) {
    path.changed(state);
  }

  /**
   * What is done as the network path changes.
   *
   * @param silent when nothing is heard from the other side
   * @param heard when it is heard, for the first time and again
   */
  record Hearing(Runnable silent, Runnable heard) {}

  void onHearing(Hearing tasks) {
    hearing = tasks;
  }

  void silent() {
    pool.execute(hearing.silent());
  }

  void heard() {
    pool.execute(hearing.heard());
  }

  /** Does not wait. */
  void close(String reason) {
    loop.execute(() -> end(reason));
  }

  /** Waits until the thread has ended. */
  boolean join(long millis) throws InterruptedException {
    return loop.join(millis);
  }

  /** On the loop. Hands over what waits, then channels, connection and factory go in that order. */
  void end(String reason) {
    if (ended) {
      return;
    }
    ended = true;
    RuntimeException failure = Failures.of(reason);
    pool.execute(() -> connected.completeExceptionally(failure));
    PeerLoop.guarded(() -> channels.end(reason, control != null && control.open()));
    if (control != null) {
      PeerLoop.guarded(control::dispose);
    }
    if (natives != null) {
      PeerLoop.guarded(natives::dispose);
    }
    natives = null;
    loop.end();
    pool.execute(() -> closed.complete(reason));
  }
}
