package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.api.Introduction;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.sleap.internal.auth.Authentication;
import org.peerworks.protocol.sleap.internal.auth.SecretVerifier;
import org.peerworks.protocol.sleap.internal.client.ClientSettings;
import org.peerworks.protocol.sleap.internal.client.ClientSide;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelBinding;
import org.peerworks.transport.api.ChannelListener;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Traffic;
import org.peerworks.transport.api.TransportException;

/** Our client's role at our worker's role: both keep to the same format. */
final class BothSidesTest {

  private static final String SECRET = Base64.getUrlEncoder().encodeToString(new byte[32]);

  @TempDir private Path directory;
  private ClientSide client;

  @BeforeEach
  void start() {
    client =
        new ClientSide(
            new ClientSettings(
                directory.resolve("received"),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                1 << 20,
                1 << 20,
                0));
  }

  @AfterEach
  void stop() {
    client.close();
  }

  private RemoteWorker connect(Worker worker, String generation, Optional<String> secret) {
    Pipe[] ends = Pipe.pair();
    worker.serve(ends[1], ends[1]);
    PeerInfo info = new PeerInfo("worker-1", Role.WORKER, List.of(), Map.of());
    return join(
        client.connect(ends[0], new Introduction(info, generation, secret, Optional.empty())));
  }

  private Path trainingPackage() throws IOException {
    Path zip = directory.resolve("labels.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, String> entry :
          Map.of(
                  "train-script.sh",
                  "sleap-nn train --config-name centroid.yaml --config-dir .\n",
                  "centroid.yaml",
                  "a: 1\n",
                  "labels.slp",
                  "labels")
              .entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return zip;
  }

  private Job train(RemoteWorker remote) throws IOException {
    return join(
        remote
            .jobs()
            .submit(
                new JobRequest(
                    "train", "{}", Map.of("labels.zip", trainingPackage()), 5, "k", Duration.ZERO),
                TransferListener.NONE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPackageIsTrainedAndItsModelsComeBack(boolean authenticated) throws IOException {
    SecretVerifier verifier = new SecretVerifier(SECRET);
    Authentication authentication =
        authenticated
            ? () -> new Authentication.Mode(true, Optional.of(verifier))
            : Authentication.NONE;
    try (Worker worker = new Worker(directory.resolve("w"), Worker.LIMITS, authentication)) {
      RemoteWorker remote =
          connect(
              worker, authenticated ? "g3" : "g1", Optional.of(SECRET).filter(s -> authenticated));
      Job job = train(remote);
      byte[] models = new byte[100_000];
      models[7] = 7;

      worker
          .jobs
          .await(1)
          .awaitFollowed()
          .log("Training model 1/1: centroid\nEpoch 1\n")
          .output("trained_labels.zip", models)
          .end(
              JobState.SUCCEEDED,
              "",
              "{\"models\":[{\"config\":\"centroid\",\"state\":\"SUCCEEDED\"}]}");

      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> join(remote.jobs().get(job.id())).state().isFinal());
      Job ended = join(remote.jobs().get(job.id()));
      assertThat(ended.state()).as(ended.reason()).isEqualTo(JobState.SUCCEEDED);
      try (InputStream in =
          Channels.newInputStream(
              join(remote.jobs().openOutput(job.id(), ended.outputs().get(0).name(), 0)))) {
        assertThat(in.readAllBytes()).isEqualTo(models);
      }
      remote.close();
    }
  }

  @Test
  void aFailureComesBackWithItsReason() throws IOException {
    try (Worker worker = new Worker(directory.resolve("w"))) {
      RemoteWorker remote = connect(worker, "g1", Optional.empty());
      Job job = train(remote);

      worker
          .jobs
          .await(1)
          .awaitFollowed()
          .log("Training model 1/1: centroid\nERROR: no frames\n")
          .end(
              JobState.FAILED,
              "x",
              "{\"models\":[{\"config\":\"centroid\",\"state\":\"FAILED\",\"reason\":\"exit status 3: no frames\"}]}");

      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> join(remote.jobs().get(job.id())).state().isFinal());
      Job ended = join(remote.jobs().get(job.id()));
      assertThat(ended.state()).isEqualTo(JobState.FAILED);
      assertThat(ended.reason()).contains("3");
      remote.close();
    }
  }

  private static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError("It took too long.", e);
    }
  }

  /** One end of a channel in memory, and the peer at its other end. */
  private static final class Pipe implements Channel, Peer {

    private final CompletableFuture<ChannelListener> listener = new CompletableFuture<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final ExecutorService wire =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "pipe");
              thread.setDaemon(true);
              return thread;
            });
    private Pipe other;

    static Pipe[] pair() {
      Pipe[] ends = {new Pipe(), new Pipe()};
      ends[0].other = ends[1];
      ends[1].other = ends[0];
      return ends;
    }

    private CompletionStage<Void> deliver(Consumer<ChannelListener> message) {
      if (closed.isDone()) {
        return CompletableFuture.failedFuture(new TransportException("closed"));
      }
      return CompletableFuture.runAsync(() -> message.accept(other.listener.join()), wire);
    }

    @Override
    public CompletionStage<Void> send(ByteBuffer message) {
      ByteBuffer copy = ByteBuffer.allocate(message.remaining()).put(message.duplicate()).flip();
      return deliver(to -> to.onBinary(copy));
    }

    @Override
    public CompletionStage<Void> send(String message) {
      return deliver(to -> to.onText(message));
    }

    @Override
    public void receive(ChannelListener receiver) {
      listener.complete(receiver);
    }

    @Override
    public void close() {
      end("closed");
      other.end("closed by the other side");
    }

    private void end(String reason) {
      if (closed.complete(reason)) {
        listener.thenAcceptAsync(to -> to.onClosed(reason));
      }
    }

    @Override
    public CompletionStage<String> closed() {
      return closed.copy();
    }

    @Override
    public String label() {
      return "my-data-channel";
    }

    @Override
    public int maxMessageSize() {
      return 65_536;
    }

    @Override
    public String id() {
      return "peer-1";
    }

    @Override
    public String place() {
      return "memory/room/peer-1";
    }

    @Override
    public String transport() {
      return "memory";
    }

    @Override
    public Instant connectedAt() {
      return Instant.EPOCH;
    }

    @Override
    public ChannelBinding binding() {
      return new ChannelBinding("sha-256 AA", "sha-256 BB");
    }

    @Override
    public Traffic traffic() {
      return new Traffic(0, 0, 0, 0, 0);
    }

    @Override
    public CompletionStage<Channel> open(String name, ChannelOptions options) {
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onChannel(Consumer<Channel> opened) {}
  }
}
