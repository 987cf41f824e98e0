package org.peerworks.transport.webrtc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelListener;

/** A worker in a process of its own, which is a member of a room here by the name "worker". */
final class Remote implements AutoCloseable {

  /** Sent by a client, ends the process in good order. */
  static final String END = "end";

  private final Process process;
  private final CompletableFuture<List<String>> printed = new CompletableFuture<>();

  Remote(Map<String, MemoryRoom> members, Path directory, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx1g", "-cp"));
    command.add(System.getProperty("java.class.path"));
    String logging = System.getProperty("logback.configurationFile");
    if (logging != null) {
      command.add(1, "-Dlogback.configurationFile=" + logging);
    }
    command.add(main.getName());
    command.add(directory.toString());
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    PrintStream out = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    new PipedRoom(members, "worker", out);
    Threads.thread(() -> read(members, out), "remote-of-test").start();
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private void read(Map<String, MemoryRoom> members, PrintStream out) {
    try (BufferedReader in = reader(process.getInputStream())) {
      printed.complete(PipedRoom.read(members, in, out));
    } catch (IOException e) {
      printed.completeExceptionally(e);
    }
  }

  private static BufferedReader reader(java.io.InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** What the process printed, once it has ended. */
  List<String> printed() throws Exception {
    return Pair.get(printed);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  int status() throws InterruptedException {
    return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  /** Ends the process without a word to the other side. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /** The other process: a worker that answers "done" when a channel has brought so many bytes. */
  public static void main(String[] args) throws Exception {
    Map<String, MemoryRoom> members = new ConcurrentHashMap<>();
    MemoryRoom room = new MemoryRoom(members, "worker");
    long bytes = args.length > 1 ? Long.parseLong(args[1]) : Long.MAX_VALUE;
    WebRtcTransport transport =
        new WebRtcTransport(Tuned.settings().get(), Pair.library(Path.of(args[0])));
    CompletableFuture<Void> end = new CompletableFuture<>();
    transport.accept(
        room,
        peer -> peer.onChannel(channel -> channel.receive(new Counting(channel, bytes, end))));
    PrintStream out = System.out;
    Threads.thread(
            () -> {
              try {
                PipedRoom.read(members, reader(System.in), out);
              } catch (IOException e) {
                end.completeExceptionally(e);
              }
            },
            "pipe-of-test")
        .start();
    end.get();
    transport.close();
  }

  private static final class Counting implements ChannelListener {

    private final Channel channel;
    private final CompletableFuture<Void> end;
    private long missing;

    Counting(Channel channel, long bytes, CompletableFuture<Void> end) {
      this.channel = channel;
      this.end = end;
      this.missing = bytes;
    }

    @Override
    public void onText(String message) {
      if (message.equals(END)) {
        end.complete(null);
      }
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
      // The process ends when it is told to.
    }
  }
}
