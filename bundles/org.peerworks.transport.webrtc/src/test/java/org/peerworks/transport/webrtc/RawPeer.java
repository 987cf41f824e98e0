package org.peerworks.transport.webrtc;

import static org.awaitility.Awaitility.await;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.peerworks.signaling.api.Signal;

/**
 * webrtc-java with nothing around it: for {@link TransferBenchmark}, where the receiver is a
 * process, and as a peer that keeps to no limit.
 */
final class RawPeer implements PeerConnectionObserver, AutoCloseable {

  private static final String LIMIT = "a=max-message-size:\\d+";

  private final LocalNetwork network = LocalNetwork.of(0, 0);
  private final HeadlessAudioDeviceModule audio;
  private final PeerConnectionFactory factory;
  private final RTCPeerConnection connection;
  private final CountDownLatch gathered = new CountDownLatch(1);
  private final CompletableFuture<RTCDataChannel> arrived = new CompletableFuture<>();

  RawPeer(Path directory) {
    Pair.library(directory).load();
    audio = new HeadlessAudioDeviceModule();
    factory = new PeerConnectionFactory(audio);
    connection =
        factory.createPeerConnection(
            Tuned.settings().get().nativeConfiguration(List.of(), network), this);
  }

  @Override
  public void onIceCandidate(RTCIceCandidate candidate) {}

  @Override
  public void onIceGatheringChange(RTCIceGatheringState state) {
    if (state == RTCIceGatheringState.COMPLETE) {
      gathered.countDown();
    }
  }

  @Override
  public void onDataChannel(RTCDataChannel channel) {
    arrived.complete(channel);
  }

  private String local(RTCSessionDescription description) throws Exception {
    PeerCallbacks.Applied applied = new PeerCallbacks.Applied();
    connection.setLocalDescription(description, applied);
    applied.get();
    gathered.await();
    return encoded(network.offered(new Sdp(connection.getLocalDescription().sdp)).text());
  }

  private void remote(RTCSdpType type, String line) throws Exception {
    PeerCallbacks.Applied applied = new PeerCallbacks.Applied();
    connection.setRemoteDescription(new RTCSessionDescription(type, decoded(line)), applied);
    applied.get();
  }

  /**
   * Opens a channel to a member of the room, in the belief that both sides take messages of so many
   * bytes, whatever the other says.
   */
  RTCDataChannel open(MemoryRoom room, String member, int largest) throws Exception {
    String limit = "a=max-message-size:" + largest;
    CompletableFuture<String> answer = new CompletableFuture<>();
    room.listen(
        signal -> {
          if (signal instanceof Signal.Answer answered) {
            answer.complete(answered.sdp());
          }
        });
    RTCDataChannel channel = connection.createDataChannel("raw", new RTCDataChannelInit());
    PeerCallbacks.Created created = new PeerCallbacks.Created();
    connection.createOffer(new RTCOfferOptions(), created);
    RTCSessionDescription offer = created.get();
    String line =
        local(new RTCSessionDescription(offer.sdpType, offer.sdp.replaceAll(LIMIT, limit)));
    room.send(new Signal.Offer(member, decoded(line)));
    remote(RTCSdpType.ANSWER, encoded(Pair.get(answer).replaceAll(LIMIT, limit)));
    await().until(() -> channel.getState() == RTCDataChannelState.OPEN);
    return channel;
  }

  /** After its channels were disposed. */
  @Override
  public void close() {
    NativeReference reference = new NativeReference(connection);
    connection.close();
    reference.release();
    factory.dispose();
    audio.dispose();
  }

  private static String decoded(String line) {
    return new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends so many bytes to a process; until it has them all. */
  static Spent send(Path directory, long bytes, int size, long highWater) throws Exception {
    Process process =
        new ProcessBuilder(
                Remote.java(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                RawPeer.class.getName(),
                directory.toString(),
                Long.toString(bytes))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8);
        var out = process.outputWriter(StandardCharsets.UTF_8)) {
      RawPeer peer = new RawPeer(directory);
      RTCDataChannel channel = peer.connection.createDataChannel("raw", new RTCDataChannelInit());
      CountDownLatch done = new CountDownLatch(1);
      channel.registerObserver(observer(message -> done.countDown()));
      PeerCallbacks.Created created = new PeerCallbacks.Created();
      peer.connection.createOffer(new RTCOfferOptions(), created);
      out.write(peer.local(created.get()) + "\n");
      out.flush();
      peer.remote(RTCSdpType.ANSWER, in.readLine());
      while (channel.getState() != RTCDataChannelState.OPEN) {
        LockSupport.parkNanos(1_000_000);
      }
      Spent.Meter meter = new Spent.Meter(ProcessHandle.current(), process.toHandle());
      pump(channel, bytes, size, highWater, done);
      Spent spent = meter.read();
      peer.connection.close();
      return spent;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void pump(
      RTCDataChannel channel, long bytes, int size, long highWater, CountDownLatch done)
      throws Exception {
    ByteBuffer message = ByteBuffer.allocateDirect(size);
    for (long sent = 0; sent < bytes; sent += size) {
      while (channel.getBufferedAmount() + size > highWater) {
        LockSupport.parkNanos(200_000);
      }
      channel.send(new RTCDataChannelBuffer(message, true));
    }
    if (!done.await(120, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Not everything arrived");
    }
  }

  /** The receiver: a directory, and how many bytes are to come. */
  public static void main(String[] args) throws Exception {
    long bytes = Long.parseLong(args[1]);
    RawPeer peer = new RawPeer(Path.of(args[0]));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    peer.remote(RTCSdpType.OFFER, in.readLine());
    PeerCallbacks.Created created = new PeerCallbacks.Created();
    peer.connection.createAnswer(new RTCAnswerOptions(), created);
    System.out.println(peer.local(created.get()));
    RTCDataChannel channel = peer.arrived.get();
    AtomicLong received = new AtomicLong();
    CountDownLatch all = new CountDownLatch(1);
    channel.registerObserver(
        observer(
            message -> {
              if (received.addAndGet(message.data.remaining()) >= bytes) {
                all.countDown();
              }
            }));
    all.await();
    channel.send(new RTCDataChannelBuffer(ByteBuffer.allocateDirect(1), true));
    in.readLine(); // until it is ended
  }

  private static RTCDataChannelObserver observer(Consumer<RTCDataChannelBuffer> receiver) {
    return new RTCDataChannelObserver() {
      @Override
      public void onBufferedAmountChange(long previousAmount) {}

      @Override
      public void onStateChange() {}

      @Override
      public void onMessage(RTCDataChannelBuffer buffer) {
        receiver.accept(buffer);
      }
    };
  }
}
