package org.peerworks.transport.webrtc;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Packages from the installed client to the installed worker, for {@link TransferBenchmark}: a
 * signalling server and a worker that stay, and one process of the client for each package.
 */
final class PackageTransfer implements AutoCloseable {

  private static final int PIECE = 1 << 20;

  private final Path home;
  private final Path directory;
  private final int webSocketPort = freePort();
  private final int httpPort = freePort();
  private final Deque<Process> servers = new ArrayDeque<>();
  private final String session;

  /**
   * How long one package took.
   *
   * @param stored from the connection to the worker having it whole, checked by its hash
   * @param accepted from the connection to the job that uses it being durable
   */
  record Times(Spent stored, Spent accepted) {}

  /**
   * @param home an unpacked archive
   * @param directory of its own, on a disk
   */
  PackageTransfer(Path home, Path directory) throws Exception {
    this.home = home;
    this.directory = directory;
    server("signal", "listening");
    session = text(server("worker", "session"), "session");
  }

  private String server(String command, String event) throws IOException {
    Process process = start(command, List.of(command, "--json"));
    servers.push(process);
    return await(process.inputReader(), event);
  }

  private Process start(String data, List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/peerworks").toString()));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(directory.resolve(data + ".err").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "PEERWORKS_DATA", directory.resolve(data).toString(),
                "SLEAP_RTC_SIGNALING_WS", "ws://127.0.0.1:" + webSocketPort,
                "SLEAP_RTC_SIGNALING_HTTP", "http://127.0.0.1:" + httpPort));
    return builder.start();
  }

  /** Sends a package that the worker has never seen, which holds no job that could run. */
  Times send(long bytes, long seed) throws Exception {
    Path file = directory.resolve("package.zip");
    write(file, bytes, seed);
    Process client =
        start("client", List.of("client-train", "-s", session, "-p", file.toString(), "--json"));
    try (BufferedReader out = client.inputReader()) {
      await(out, "connected");
      Spent.Meter meter = new Spent.Meter(client.toHandle(), servers.peek().toHandle());
      String whole = "\"done\":" + bytes + ",";
      String line = await(out, "upload");
      while (!line.contains(whole)) {
        line = await(out, "upload");
      }
      Spent stored = meter.read();
      await(out, "submitted");
      Spent accepted = meter.read();
      await(out, "ended");
      return new Times(stored, accepted);
    } finally {
      if (!client.waitFor(30, TimeUnit.SECONDS)) {
        client.destroyForcibly();
      }
      Files.delete(file);
    }
  }

  private static void write(Path file, long bytes, long seed) throws IOException {
    Random random = new Random(seed);
    byte[] piece = new byte[PIECE];
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (long at = 0; at < bytes; at += piece.length) {
        random.nextBytes(piece);
        if (at == 0) {
          piece[0] = 'P';
          piece[1] = 'K';
        }
        out.write(ByteBuffer.wrap(piece, 0, (int) Math.min(piece.length, bytes - at)));
      }
      out.force(false); // so that nothing is written while it is sent
    }
  }

  private static String await(BufferedReader out, String event) throws IOException {
    List<String> seen = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.contains("\"event\":\"" + event + "\"")) {
        return line;
      }
      seen.add(line);
    }
    throw new IOException("No '" + event + "' came, but: " + seen);
  }

  private static String text(String json, String field) {
    String mark = "\"" + field + "\":\"";
    String rest = json.substring(json.lastIndexOf(mark) + mark.length());
    return rest.substring(0, rest.indexOf('"'));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Ends both servers. */
  @Override
  public void close() {
    for (Process server : servers) {
      server.destroy();
      server.onExit().completeOnTimeout(server, 10, TimeUnit.SECONDS).join().destroyForcibly();
    }
  }
}
