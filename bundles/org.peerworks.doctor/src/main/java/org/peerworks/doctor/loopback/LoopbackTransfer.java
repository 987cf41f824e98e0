package org.peerworks.doctor.loopback;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelListener;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Transport;

/**
 * Sends bytes from one peer to another of this process, over the real transport. The result is a
 * sentence for people: the launcher, which has no class in common with bundles, passes it on.
 */
@Component(service = Callable.class, property = "peerworks.check=transfer")
public final class LoopbackTransfer implements Callable<String> {

  private static final int MESSAGE = 64 << 10;
  private static final int MESSAGES = 256;
  private static final long SECONDS = 45;
  private static final String LABEL = "doctor";

  private final Transport transport;

  @Activate
  public LoopbackTransfer(@Reference(name = "transport") Transport transport) {
    this.transport = transport;
  }

  /**
   * Connects, transfers, compares.
   *
   * @return what was found
   * @throws Exception with a message that says what went wrong
   */
  @Override
  public String call() throws Exception {
    List<LoopRoom> rooms = LoopRoom.pair();
    try (LoopRoom here = rooms.get(0);
        LoopRoom there = rooms.get(1)) {
      Receiver receiver = new Receiver();
      AutoCloseable door = transport.accept(there, receiver::accept);
      try {
        return transfer(here, there.id(), receiver);
      } finally {
        receiver.close();
        door.close();
      }
    }
  }

  private String transfer(LoopRoom here, String there, Receiver receiver) throws Exception {
    long started = System.nanoTime();
    try (Peer peer = await(transport.connect(here, there))) {
      long connected = System.nanoTime();
      Channel channel = await(peer.open(LABEL, ChannelOptions.DEFAULT));
      long opened = System.nanoTime();
      send(channel);
      await(receiver.complete);
      return found(connected - started, System.nanoTime() - opened);
    }
  }

  private static void send(Channel channel) throws Exception {
    int size = Math.min(MESSAGE, channel.maxMessageSize());
    long left = (long) MESSAGE * MESSAGES;
    for (int number = 0; left > 0; number++) {
      ByteBuffer message = ByteBuffer.allocate((int) Math.min(size, left));
      while (message.hasRemaining()) {
        message.put((byte) number);
      }
      left -= message.capacity();
      await(channel.send(message.flip()));
    }
  }

  private static String found(long connect, long transfer) {
    double megabytes = (double) MESSAGE * MESSAGES / 1e6;
    return "Connected in %.0f ms; %.0f MB in %.2f s, that is %.0f MB/s"
        .formatted(connect / 1e6, megabytes, transfer / 1e9, megabytes / (transfer / 1e9));
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Nothing moved within " + SECONDS + " s. Does a firewall drop UDP on this machine?", e);
    } catch (ExecutionException | CompletionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** The other side: counts, and sees that each message is the one that was sent. */
  private static final class Receiver implements ChannelListener {

    private final CompletableFuture<Void> complete = new CompletableFuture<>();
    private volatile Peer peer;
    private long received;
    private int number;

    void accept(Peer accepted) {
      peer = accepted;
      accepted.onChannel(channel -> channel.receive(this));
    }

    @Override
    public void onText(String message) {
      complete.completeExceptionally(
          new IllegalStateException("A binary message arrived as text."));
    }

    @Override
    public void onBinary(ByteBuffer message) {
      received += message.remaining();
      while (message.hasRemaining()) {
        if (message.get() != (byte) number) {
          complete.completeExceptionally(
              new IllegalStateException("Message " + number + " arrived changed."));
          return;
        }
      }
      number++;
      if (received == (long) MESSAGE * MESSAGES) {
        complete.complete(null);
      }
    }

    @Override
    public void onClosed(String reason) {
      complete.completeExceptionally(
          new IllegalStateException("The connection ended too soon: " + reason));
    }

    void close() {
      if (peer != null) {
        peer.close();
      }
    }
  }
}
