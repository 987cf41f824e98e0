package org.peerworks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.ClientLimits;
import org.peerworks.protocol.peerworks.internal.Engine;
import org.peerworks.protocol.peerworks.internal.ReconnectLimits;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.transfer.UploadLimits;
import org.peerworks.protocol.peerworks.internal.wire.LinkLimits;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/** Worker and protocol with their defaults: strangers who take every place keep no owner out. */
class FullWorkerTest {

  private static final Settings SETTINGS =
      new Settings(
          "peerworks test",
          "anna@laptop",
          Set.of(),
          LinkLimits.DEFAULT,
          UploadLimits.DEFAULT,
          ClientLimits.DEFAULT,
          SessionLimits.DEFAULT,
          Settings.HASH_FIRST,
          1 << 20,
          ReconnectLimits.within(Duration.ZERO));

  @TempDir Path directory;
  private final List<Engine> engines = new ArrayList<>();
  private TestWorker test;

  @BeforeEach
  void start() {
    WorkerRoom.Config defaults =
        (WorkerRoom.Config)
            Proxy.newProxyInstance(
                WorkerRoom.Config.class.getClassLoader(),
                new Class<?>[] {WorkerRoom.Config.class},
                (self, method, arguments) -> method.getDefaultValue());
    test = new TestWorker(new TestServer(), defaults, directory.resolve("room"));
    test.worker.addProtocol(
        new Served(engine("worker", new FirstOwns())), Map.of(Protocol.NAME, "peerworks"));
    test.start().awaitRoom(1);
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(test.transport::accepts);
  }

  @AfterEach
  void stop() {
    test.worker.stop();
    engines.forEach(Engine::close);
  }

  private Engine engine(String name, JobAccess jobs) {
    Engine engine = new Engine(directory.resolve(name), SETTINGS, () -> jobs);
    engines.add(engine);
    return engine;
  }

  @Test
  void anOwnerOfJobsGetsInWhenIdleStrangersHaveEveryPlace() throws Exception {
    Engine owner = engine("owner", null);
    RemoteWorker before = connect(owner, "owner");
    assertThat(before.jobs().types().toCompletableFuture().get(60, TimeUnit.SECONDS)).isNotEmpty();
    before.close();
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> test.worker.peers().count() == 0);

    List<Wire> proven = new ArrayList<>();
    for (int i = 0; i < ClientLimits.DEFAULT.most(); i++) {
      Wire stranger = comes("stranger" + i);
      stranger.open();
      await(engine("stranger" + i, null).connect(stranger, stranger));
      proven.add(stranger);
    }
    for (int i = 0; i < 32; i++) {
      comes("silent" + i).open();
    }
    for (int i = 0; i < 200; i++) {
      comes("without" + i);
    }

    RemoteWorker again = connect(owner, "owner");

    assertThat(again.jobs().types().toCompletableFuture().get(60, TimeUnit.SECONDS)).isNotEmpty();
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> proven.get(0).isClosed());
    assertThat(proven.stream().filter(Wire::isClosed)).hasSize(1);
  }

  @Test
  void eachLayerHasMorePlacesThanTheOneAboveIt() throws IOException {
    int peerworks = configured("protocol.peerworks", "maxClients");
    int protocols = peerworks + peerworks / 3 + configured("protocol.sleap", "maxClients");
    assertThat(configured("worker", "maxPeers")).isGreaterThan(protocols);
    assertThat(configured("transport.webrtc", "maxPeers"))
        .isGreaterThan(configured("worker", "maxPeers"));
  }

  /** A default as the file in the installation tells it. */
  private static int configured(String bundle, String key) throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent().getParent();
    String file = Files.readString(root.resolve("config/org.peerworks." + bundle + ".cfg"));
    Matcher line = Pattern.compile("(?m)^#" + key + " = (\\d+)$").matcher(file);
    assertThat(line.find()).as(key).isTrue();
    return Integer.parseInt(line.group(1));
  }

  private Wire comes(String client) {
    Wire worker = Wire.to(client);
    test.transport.comes(worker.other());
    return worker;
  }

  private RemoteWorker connect(Engine client, String name) throws Exception {
    Wire worker = comes(name);
    worker.open();
    return await(client.connect(worker, worker));
  }

  private static RemoteWorker await(CompletionStage<RemoteWorker> worker) throws Exception {
    return worker.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** Jobs of whoever asks first. */
  private static final class FirstOwns implements JobAccess {

    private final AtomicReference<String> owner = new AtomicReference<>();
    private final TestJobs many = new TestJobs();
    private final TestJobs none = new TestJobs();

    FirstOwns() {
      many.listener = event -> CompletableFuture.completedFuture(null);
      many.runs(1);
    }

    @Override
    public Jobs as(Caller caller) {
      owner.compareAndSet(null, caller.id());
      return (caller.id().equals(owner.get()) ? many : none).as(caller);
    }
  }

  /** The protocol without a framework. */
  private record Served(Engine engine) implements Protocol {

    @Override
    public Object announcement() {
      return Map.of("version", 1);
    }

    @Override
    public boolean accepts(String label) {
      return label.equals("peerworks");
    }

    @Override
    public void serve(Peer peer, Channel channel) {
      engine.serve(peer, channel);
    }

    @Override
    public boolean speaks(PeerInfo worker) {
      return false;
    }

    @Override
    public CompletionStage<RemoteWorker> connect(Peer worker) {
      return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }
  }
}
