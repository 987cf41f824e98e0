package org.peerworks.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.peerworks.cli.command.CommandLinesAccess;
import org.peerworks.cli.command.Parsed;
import org.peerworks.cli.connect.Services;
import org.peerworks.cli.select.Selector;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.train.LabelsReader;
import org.peerworks.files.api.FileResolver;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.signaling.api.IceServer;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.SessionString;
import org.peerworks.signaling.api.Signal;
import org.peerworks.signaling.api.Signaling;
import org.peerworks.signaling.api.SignalingException;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelBinding;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Traffic;
import org.peerworks.transport.api.Transport;
import org.peerworks.transport.api.TransportException;

/** A signalling server, a room and workers in memory, and a command line that meets them. */
final class MemoryLab implements AutoCloseable {

  static final String SESSION = new SessionString("room-1", "token-1", "worker-1").encode();

  final ExecutorService executor = Executors.newSingleThreadExecutor();
  final MemoryJobs jobs = new MemoryJobs(executor);
  final List<PeerInfo> workers = new ArrayList<>(List.of(worker("worker-1", "gpu-1")));
  final List<String> connected = new ArrayList<>();
  volatile CompletableFuture<String> lost = new CompletableFuture<>();
  volatile Optional<FileResolver> files = Optional.empty();
  final Map<Class<?>, Object> services = new HashMap<>();
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();
  final List<String> open = Collections.synchronizedList(new ArrayList<>());
  LabelsReader.Labels labels = new LabelsReader.Labels(5, 1, 7, true, List.of());
  boolean terminal;
  String answers = "";
  volatile boolean serverReachable = true;
  volatile boolean room = true;
  JoinRequest joined;
  final Path directory;

  MemoryLab(Path directory) {
    this.directory = directory;
    services.put(Signaling.class, (Signaling) this::join);
    services.put(Transport.class, new LabTransport());
    services.put(Protocol.class, new LabProtocol());
  }

  static PeerInfo worker(String id, String name) {
    return new PeerInfo(
        id,
        Role.WORKER,
        List.of(),
        Map.of(
            "worker_name",
            name,
            "status",
            "available",
            "gpu_model",
            "CPU",
            "peerworks",
            Map.of("version", 1)));
  }

  /** Runs a command line on this thread; relative paths start at the lab's directory. */
  int run(String... words) {
    Parsed parsed = CommandLinesAccess.parse(directory, words);
    if (parsed instanceof Parsed.Answered answered) {
      return answered.status();
    }
    Parsed.Run run = (Parsed.Run) parsed;
    Console console =
        Console.on(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
            run.invocation().json(),
            terminal,
            80);
    Selector selector = Selector.byNumber(console);
    return new Commands(new LabServices(), slp -> labels, console, selector, directory)
        .run(run.invocation());
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private CompletionStage<Room> join(JoinRequest request) {
    joined = request;
    if (!serverReachable) {
      return CompletableFuture.failedFuture(
          new SignalingException("No signalling server answers at ws://127.0.0.1:8080."));
    }
    open.add("room");
    return CompletableFuture.completedFuture(new LabRoom());
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private final class LabServices implements Services {
    @Override
    public <T> Optional<T> await(Class<T> type, String filter, Duration atMost) {
      return Optional.ofNullable(services.get(type)).map(type::cast);
    }

    @Override
    public <T> List<Named<T>> all(Class<T> type, String nameProperty) {
      return await(type, "", Duration.ZERO).map(s -> new Named<>("lab", s)).stream().toList();
    }
  }

  /** The room as one of its peers sees it. */
  final class LabRoom implements Room {
    @Override
    public SessionString session() {
      return new SessionString("room-1", "token-1", "worker-1");
    }

    @Override
    public ServerAddress server() {
      return new ServerAddress(URI.create("ws://lab:8080"), URI.create("http://lab:8001"));
    }

    @Override
    public String credential() {
      return "credential";
    }

    @Override
    public boolean connected() {
      return room;
    }

    @Override
    public List<IceServer> iceServers() {
      return List.of();
    }

    @Override
    public CompletionStage<List<PeerInfo>> discover(Role role) {
      return CompletableFuture.completedFuture(List.copyOf(workers));
    }

    @Override
    public CompletionStage<Void> updateProperties(Map<String, Object> properties) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> send(Signal signal) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public AutoCloseable listen(Consumer<Signal> listener) {
      return () -> {};
    }

    @Override
    public CompletionStage<String> closed() {
      return new CompletableFuture<>();
    }

    @Override
    public void close() {
      open.remove("room");
    }
  }

  private final class LabTransport implements Transport {
    @Override
    public CompletionStage<Peer> connect(Room in, String peerId) {
      if (peerId.startsWith("unreachable")) {
        return CompletableFuture.failedFuture(new TransportException("No route to it."));
      }
      connected.add(peerId);
      open.add("peer");
      return CompletableFuture.completedFuture(new LabPeer(peerId));
    }

    @Override
    public AutoCloseable accept(Room in, Consumer<Peer> accepted) {
      return () -> {};
    }
  }

  private final class LabPeer implements Peer {
    private final String id;

    LabPeer(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String transport() {
      return "lab";
    }

    @Override
    public String place() {
      return "lab/room/" + id();
    }

    @Override
    public Instant connectedAt() {
      return MemoryJobs.NOON;
    }

    @Override
    public ChannelBinding binding() {
      return new ChannelBinding("", "");
    }

    @Override
    public Traffic traffic() {
      return new Traffic(0, 0, 0, 0, 0);
    }

    @Override
    public CompletionStage<Channel> open(String label, ChannelOptions options) {
      return CompletableFuture.failedFuture(new TransportException("No channels here."));
    }

    @Override
    public void onChannel(Consumer<Channel> opened) {}

    @Override
    public CompletionStage<String> closed() {
      return lost;
    }

    @Override
    public void close() {
      open.remove("peer");
    }
  }

  private final class LabProtocol implements Protocol {
    @Override
    public Object announcement() {
      return Map.of("version", 1);
    }

    @Override
    public boolean accepts(String label) {
      return false;
    }

    @Override
    public void serve(Peer peer, Channel channel) {}

    @Override
    public boolean speaks(PeerInfo worker) {
      return worker.properties().containsKey("peerworks");
    }

    @Override
    public CompletionStage<RemoteWorker> connect(Peer worker) {
      open.add("worker");
      return CompletableFuture.completedFuture(new LabWorker());
    }
  }

  private final class LabWorker implements RemoteWorker {
    @Override
    public String identity() {
      return "ed25519:11";
    }

    @Override
    public String description() {
      return "Peerworks 1.2.3";
    }

    @Override
    public Jobs jobs() {
      return jobs;
    }

    @Override
    public Optional<FileResolver> files() {
      return files;
    }

    @Override
    public CompletionStage<String> closed() {
      return lost;
    }

    @Override
    public void close() {
      open.remove("worker");
    }
  }
}
