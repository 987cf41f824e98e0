package org.peerworks.transport.direct;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.peerworks.signaling.api.Signal;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelListener;
import org.peerworks.transport.api.Peer;

/** Bytes over a channel to another process, for {@link DirectBenchmark}. */
final class DirectTransfer implements AutoCloseable {

  private static final int MESSAGE = 256 << 10;
  private static final int IN_FLIGHT = 16;

  private final Child child = new Child(DirectTransfer.class.getName());
  private final DirectTransport transport = new DirectTransport(Pair.settings().get());
  private final BlockingQueue<String> done = new ArrayBlockingQueue<>(1);
  private final Channel channel;

  DirectTransfer() throws Exception {
    Map<String, MemoryRoom> members = new ConcurrentHashMap<>();
    MemoryRoom room = new MemoryRoom(members, "client");
    room.alter(
        signal -> {
          child.tell(encoded(((Signal.Message) signal).json()));
          return null;
        });
    var connecting = transport.connect(room, "worker");
    room.receive(new Signal.Message("worker", decoded(child.hear("note"))));
    Peer peer = Pair.get(connecting);
    channel = Pair.open(peer, "data");
    channel.receive(new Told(done));
  }

  /** Sends so many bytes until the other process has them all. */
  Spent send(long bytes) throws Exception {
    ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
    Semaphore free = new Semaphore(IN_FLIGHT);
    Spent.Meter meter = new Spent.Meter(ProcessHandle.current(), child.handle());
    channel.send(Long.toString(bytes));
    for (long sent = 0; sent < bytes; sent += MESSAGE) {
      free.acquire();
      channel.send(message).whenComplete((v, failure) -> free.release());
    }
    if (done.poll(120, TimeUnit.SECONDS) == null) {
      throw new IOException("It has not arrived.");
    }
    return meter.read();
  }

  @Override
  public void close() {
    transport.close();
    child.close();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String line) {
    return new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
  }

  /** The other process. */
  public static void main(String[] args) throws Exception {
    MemoryRoom room = new MemoryRoom(new ConcurrentHashMap<>(), "worker");
    room.alter(
        signal -> {
          System.out.println("note " + encoded(((Signal.Message) signal).json()));
          System.out.flush();
          return null;
        });
    DirectTransport transport = new DirectTransport(Pair.settings().get());
    transport.accept(
        room, peer -> peer.onChannel(channel -> channel.receive(new Counting(channel))));
    Scanner lines = new Scanner(System.in);
    while (lines.hasNextLine()) {
      room.receive(new Signal.Message("client", decoded(lines.nextLine())));
    }
  }

  private record Told(BlockingQueue<String> texts) implements ChannelListener {
    @Override
    public void onText(String message) {
      texts.add(message);
    }

    @Override
    public void onBinary(ByteBuffer message) {
      throw new IllegalStateException("Nothing of this kind is sent.");
    }

    @Override
    public void onClosed(String reason) {
      // Whoever waits finds out.
    }
  }

  private static final class Counting implements ChannelListener {
    private final Channel channel;
    private long missing;

    Counting(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void onText(String message) {
      missing = Long.parseLong(message);
    }

    @Override
    public void onBinary(ByteBuffer message) {
      missing -= message.remaining();
      if (missing <= 0) {
        channel.send("done");
      }
    }

    @Override
    public void onClosed(String reason) {
      System.exit(0);
    }
  }
}
