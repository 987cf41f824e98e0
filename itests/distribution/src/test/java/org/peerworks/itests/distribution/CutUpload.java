package org.peerworks.itests.distribution;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobRequest;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.ClientLimits;
import org.peerworks.protocol.peerworks.internal.Engine;
import org.peerworks.protocol.peerworks.internal.ReconnectLimits;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.transfer.UploadLimits;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.protocol.peerworks.internal.wire.LinkLimits;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelBinding;
import org.peerworks.transport.api.ChannelListener;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Traffic;

/**
 * A client in a process of its own that hands in one job and counts the bytes of its file that it
 * gives to the network.
 */
final class CutUpload {

  private CutUpload() {}

  /** Arguments: the server's addresses, session string, a directory, the package. */
  public static void main(String[] args) throws Exception {
    ServerAddress server = new ServerAddress(URI.create(args[0]), URI.create(args[1]));
    Path directory = Path.of(args[3]);
    Settings settings =
        new Settings(
            "cut upload",
            "cut upload",
            Set.of(),
            LinkLimits.DEFAULT,
            UploadLimits.DEFAULT,
            ClientLimits.DEFAULT,
            SessionLimits.DEFAULT,
            Settings.HASH_FIRST,
            4 << 20,
            ReconnectLimits.within(Duration.ofMinutes(10)));
    AtomicLong sent = new AtomicLong();
    try (Radio radio = new Radio(directory.resolve("native"), server, args[2]);
        Engine engine = new Engine(directory.resolve("client"), settings, () -> null)) {
      RemoteWorker worker =
          Radio.get(
              engine.connect(new Counted(radio.connect(), sent), () -> Away.from(radio, sent)));
      worker.onLink(state -> print("link " + state.phase() + " " + sent + " " + state.reason()));
      JobRequest request =
          new JobRequest(
              "train",
              "{}",
              Map.of("package.zip", Path.of(args[4])),
              5,
              UUID.randomUUID().toString(),
              Duration.ZERO);
      Job job =
          worker
              .jobs()
              .submit(request, (name, done, total) -> print("done " + done + " " + sent))
              .toCompletableFuture()
              .get();
      print("job " + job.id() + " " + sent);
      System.in.read();
    }
    // The native library prints while the process exits.
    Runtime.getRuntime().halt(0);
  }

  private static void print(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** Connects anew, as another peer of the room: only what it proves tells who it is. */
  private static final class Away {

    private Away() {}

    static CompletionStage<Peer> from(Radio radio, AtomicLong sent) {
      var connected = new java.util.concurrent.CompletableFuture<Peer>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  connected.complete(new Counted(radio.connect(), sent));
                } catch (Exception e) {
                  connected.completeExceptionally(
                      new org.peerworks.transport.api.TransportException(String.valueOf(e), e));
                }
              },
              "away");
      thread.setDaemon(true);
      thread.start();
      return connected;
    }
  }

  /** Counts what its channels send of files. */
  private record Counted(Peer peer, AtomicLong sent) implements Peer {

    @Override
    public String id() {
      return peer.id();
    }

    @Override
    public String place() {
      return peer.place();
    }

    @Override
    public String transport() {
      return peer.transport();
    }

    @Override
    public Instant connectedAt() {
      return peer.connectedAt();
    }

    @Override
    public ChannelBinding binding() {
      return peer.binding();
    }

    @Override
    public Traffic traffic() {
      return peer.traffic();
    }

    @Override
    public CompletionStage<Channel> open(String label, ChannelOptions options) {
      return peer.open(label, options).thenApply(channel -> new CountedChannel(channel, sent));
    }

    @Override
    public void onChannel(Consumer<Channel> opened) {
      peer.onChannel(opened);
    }

    @Override
    public CompletionStage<Void> worn() {
      return peer.worn();
    }

    @Override
    public CompletionStage<String> closed() {
      return peer.closed();
    }

    @Override
    public void close() {
      peer.close();
    }
  }

  private record CountedChannel(Channel channel, AtomicLong sent) implements Channel {

    @Override
    public String label() {
      return channel.label();
    }

    @Override
    public int maxMessageSize() {
      return channel.maxMessageSize();
    }

    @Override
    public CompletionStage<Void> send(ByteBuffer message) {
      int bytes = message.remaining() - Frame.HEADER;
      sent.addAndGet(bytes);
      return channel
          .send(message)
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  sent.addAndGet(-bytes); // it has never left this process
                }
              });
    }

    @Override
    public CompletionStage<Void> send(String message) {
      return channel.send(message);
    }

    @Override
    public void receive(ChannelListener listener) {
      channel.receive(listener);
    }

    @Override
    public CompletionStage<String> closed() {
      return channel.closed();
    }

    @Override
    public void close() {
      channel.close();
    }
  }
}
