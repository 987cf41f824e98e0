package org.peerworks.itests.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.peerworks.signaling.api.ServerAddress;

/** A signalling server, a worker and clients on this machine, out of the unpacked archives. */
public final class Lab {

  private final Path directory;
  private final Path worker;
  private final Path client;
  private final int webSocketPort = freePort();
  private final int httpPort = freePort();
  private final Deque<Running> running = new ArrayDeque<>();
  private final Map<String, String> variables = new HashMap<>();

  public Lab(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    this.worker = Installations.copy("worker", directory.resolve("worker-home"));
    this.client = Installations.copy("client", directory.resolve("client-home"));
  }

  /** Another server and its peers, out of the same installations. */
  public Lab(Path directory, Lab other) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.worker = other.worker;
    this.client = other.client;
  }

  /** Sets an environment variable of all processes to come. */
  public void set(String variable, String value) {
    variables.put(variable, value);
  }

  public Path directory() {
    return directory;
  }

  public Path workerData() {
    return directory.resolve("worker-data");
  }

  /** Where the worker is installed. */
  public Path workerHome() {
    return worker;
  }

  /** Writes one of the worker's configuration files. */
  public void configureWorker(String pid, String content) throws IOException {
    configure("worker-data", pid, content);
  }

  /**
   * Writes a configuration file.
   *
   * @param data name of the data directory that it is for
   */
  public void configure(String data, String pid, String content) throws IOException {
    Path config = Files.createDirectories(directory.resolve(data).resolve("config"));
    Files.writeString(config.resolve(pid + ".cfg"), content);
  }

  public Running signal() throws IOException {
    Running server = signalAt("signal-data");
    server.awaitLine("(?i)listening|http://");
    return server;
  }

  /**
   * @param data name of its data directory
   */
  public Running signalAt(String data) throws IOException {
    return start(worker, directory.resolve(data), List.of("signal"));
  }

  /** Runs a command beside the signalling server, on its data. */
  public Running atServer(String... words) throws IOException {
    return start(worker, directory.resolve("signal-data"), List.of(words));
  }

  public int port() {
    return webSocketPort;
  }

  /** Where the signalling server listens. */
  public ServerAddress server() {
    return new ServerAddress(
        URI.create("ws://127.0.0.1:" + webSocketPort), URI.create("http://127.0.0.1:" + httpPort));
  }

  public Running worker(String... more) throws IOException {
    return workerUnder(List.of(), more);
  }

  /**
   * @param launcher a program and its arguments that runs the command line which follows them
   */
  public Running workerUnder(List<String> launcher, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("worker"));
    words.addAll(List.of(more));
    return start(launcher, worker, workerData(), words);
  }

  /**
   * Starts a worker beside the first one.
   *
   * @param data name of its data directory
   */
  public Running workerAt(String data, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("worker"));
    words.addAll(List.of(more));
    return start(worker, directory.resolve(data), words);
  }

  /** Runs another command out of the worker's archive, on its data. */
  public Running atWorker(List<String> launcher, String... words) throws IOException {
    return start(launcher, worker, workerData(), List.of(words));
  }

  /** The session string, once the worker printed it. */
  public static String session(Running worker) {
    return worker.awaitLine("(sleap-session:[A-Za-z0-9_=-]+)").group(1);
  }

  public Running client(String... words) throws IOException {
    return clientAs("client-data", words);
  }

  /**
   * @param identity name of the client's data directory: another one is another person
   */
  public Running clientAs(String identity, String... words) throws IOException {
    return start(client, directory.resolve(identity), List.of(words));
  }

  /**
   * A client with more environment variables.
   *
   * @param more their names and values
   */
  public Running clientWith(Map<String, String> more, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(client.resolve("bin/sleap-rtc").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(more);
    return start(builder, directory.resolve("client-data"));
  }

  /**
   * Runs lines of bash as somebody who has the client installed.
   *
   * @param block what bash is given
   */
  public Running bash(String block) throws IOException {
    return bash(client, directory.resolve("client-data"), block);
  }

  /** Runs lines of bash as somebody on the worker's machine. */
  public Running bashAtWorker(String block) throws IOException {
    return bash(worker, workerData(), block);
  }

  private Running bash(Path home, Path data, String block) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", block);
    builder
        .environment()
        .merge("PATH", home.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    return start(builder, data);
  }

  /** Runs the built-in trainer, as {@code tools/pose} does. */
  public Running builtInTrainer(String... words) throws IOException {
    try (Stream<Path> files = Files.walk(worker.resolve("bundles"))) {
      Path jar =
          files
              .filter(file -> file.getFileName().toString().startsWith("org.peerworks.pose-"))
              .findFirst()
              .orElseThrow();
      Path data = directory.resolve("pose-data");
      List<String> command =
          new ArrayList<>(List.of("java", "-Dpeerworks.data=" + data, "-jar", jar.toString()));
      command.addAll(List.of(words));
      return start(new ProcessBuilder(command), data);
    }
  }

  /** A page of the installation's documents. */
  public Path page(String name) {
    return worker.resolve("docs").resolve(name);
  }

  private Running start(Path home, Path data, List<String> words) throws IOException {
    return start(List.of(), home, data, words);
  }

  private Running start(List<String> launcher, Path home, Path data, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(home.resolve("bin/sleap-rtc").toString());
    command.addAll(words);
    return start(new ProcessBuilder(command), data);
  }

  private Running start(ProcessBuilder builder, Path data) throws IOException {
    builder.directory(Files.createDirectories(directory.resolve("desk")).toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "PEERWORKS_DATA",
                data.toString(),
                // Whoever runs the tests may have files of sleap-rtc.
                "HOME",
                userHome().toString(),
                // The second start of a worker is not what is tested here.
                "PEERWORKS_JAVA_OPTS",
                "-Dpeerworks.rehearse=false",
                "SLEAP_RTC_SIGNALING_WS",
                "ws://127.0.0.1:" + webSocketPort,
                "SLEAP_RTC_SIGNALING_HTTP",
                "http://127.0.0.1:" + httpPort));
    builder.environment().putAll(variables);
    Running process = new Running(builder);
    running.push(process);
    return process;
  }

  /** The home of whoever starts something here. */
  public Path userHome() throws IOException {
    return Files.createDirectories(directory.resolve("user-home"));
  }

  /** The directory that clients are started in. */
  public Path desk() {
    return directory.resolve("desk");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public void close() throws InterruptedException {
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }
}
