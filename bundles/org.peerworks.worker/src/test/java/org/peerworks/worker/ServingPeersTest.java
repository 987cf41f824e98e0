package org.peerworks.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.files.api.Mount;
import org.peerworks.files.api.Mounts;
import org.peerworks.job.api.Gpu;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.transport.api.Transport;
import org.peerworks.worker.TestPeer.TestChannel;

class ServingPeersTest {

  @TempDir Path data;
  private TestWorker test;

  @AfterEach
  void stop() {
    if (test != null) {
      test.worker.stop();
    }
  }

  private TestWorker start(TestConfig config) {
    test = new TestWorker(new TestServer(), config, data).start().awaitRoom(1);
    Awaitility.await().until(test.transport::accepts);
    return test;
  }

  @Test
  void aChannelGoesToTheProtocolThatAcceptsIt() {
    start(TestConfig.DEFAULT);
    TestPeer peer = test.transport.comes("anna");
    TestChannel good = peer.opens("good");
    TestChannel other = peer.opens("other\nlabel");
    assertThat(test.protocol.served).containsExactly(good);
    assertThat(good.closed).isNotDone();
    assertThat(other.closed).isCompleted();
    assertThat(peer.closed).isNotDone();
  }

  @Test
  void aProtocolThatFailsLosesOnlyItsChannel() {
    start(TestConfig.DEFAULT);
    TestPeer peer = test.transport.comes("anna");
    TestChannel bad = peer.opens("bad");
    TestChannel good = peer.opens("good");
    assertThat(bad.closed).isCompleted();
    assertThat(good.closed).isNotDone();
  }

  @Test
  void protocolsAndTransportsComeAndGo() {
    start(TestConfig.DEFAULT);
    test.worker.removeProtocol(test.protocol);
    TestPeer peer = test.transport.comes("anna");
    assertThat(peer.opens("good").closed).isCompleted();
    test.worker.addProtocol(test.protocol, Map.of(Protocol.NAME, "peerworks"));
    assertThat(peer.opens("good").closed).isNotDone();

    TestTransport second = new TestTransport();
    test.worker.addTransport(second, Map.of(Transport.NAME, "second"));
    Awaitility.await().until(second::accepts);
    assertThat(second.room).isSameAs(test.published.get());
    assertThat(test.worker.info().transports()).containsExactly("second", "webrtc");
    test.worker.removeTransport(second);
    Awaitility.await().until(() -> !second.accepts());
    assertThat(peer.closed).isNotDone();
  }

  @Test
  void whyNobodyCanComeInIsToldBesideTheRoom() {
    test = new TestWorker(new TestServer(), TestConfig.DEFAULT, data);
    test.transport.broken = "'libpulse.so.0' is missing. Install 'libpulse0'.";
    test.start().awaitRoom(1);
    assertThat(test.problem)
        .isEqualTo(
            "cannot accept peers over 'webrtc': 'libpulse.so.0' is missing. Install 'libpulse0'.");

    TestTransport second = new TestTransport();
    test.worker.addTransport(second, Map.of(Transport.NAME, "second"));
    Awaitility.await().until(() -> test.problem.isEmpty());

    test.worker.removeTransport(test.transport);
    test.worker.removeTransport(second);
    Awaitility.await().until(() -> test.problem.equals("no transport has started"));
  }

  @Test
  void aProtocolThatCannotServeIsToldBesideTheRoomUntilItCan() {
    test = new TestWorker(new TestServer(), TestConfig.DEFAULT, data);
    test.protocol.broken = "No space left on device";
    test.start().awaitRoom(1);
    assertThat(test.problem)
        .isEqualTo("protocol 'peerworks' serves nobody: No space left on device");

    test.protocol.broken = "";
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> test.problem.isEmpty());
  }

  @Test
  void onlySoManyPeersAreLetIn() {
    start(TestConfig.DEFAULT.withPeers(2, 600));
    TestPeer first = test.transport.comes("1");
    first.opens("good");
    test.transport.comes("2").opens("good");
    assertThat(test.transport.comes("3").closed).isCompleted();
    first.close();
    assertThat(test.transport.comes("4").closed).isNotDone();
  }

  @Test
  void whoHasNoChannelGivesWayTheOneThatHasBeenWithoutForLongestFirst() {
    start(TestConfig.DEFAULT.withPeers(3, 600));
    TestPeer was = test.transport.comes("was");
    TestChannel channel = was.opens("good");
    TestPeer silent = test.transport.comes("silent");
    TestPeer busy = test.transport.comes("busy");
    busy.opens("good");
    channel.close();

    TestPeer first = test.transport.comes("first");
    assertThat(silent.closed).isCompleted();
    assertThat(silent.opens("good").closed).isCompleted();
    assertThat(was.closed).isNotDone();
    first.opens("good");
    TestPeer second = test.transport.comes("second");
    assertThat(was.closed).isCompleted();
    second.opens("good");

    assertThat(test.transport.comes("third").closed).isCompleted();
    assertThat(busy.closed).isNotDone();
    assertThat(test.worker.peers().count()).isEqualTo(3);
  }

  @Test
  void onlySoManyChannelsOfAPeerAreServed() {
    start(TestConfig.DEFAULT);
    TestPeer peer = test.transport.comes("anna");
    for (int i = 0; i < 16; i++) {
      assertThat(peer.opens("good").closed).isNotDone();
    }
    assertThat(peer.opens("good").closed).isCompleted();
  }

  @Test
  void howManyChannelsOfAPeerAreServedCanBeConfigured() {
    start(TestConfig.DEFAULT.withChannels(2));
    TestPeer peer = test.transport.comes("anna");
    peer.opens("good");
    peer.opens("good");
    assertThat(peer.opens("good").closed).isCompleted();
  }

  @Test
  void aPeerThatSaysNothingIsClosed() {
    start(TestConfig.DEFAULT.withPeers(9, 1));
    TestPeer silent = test.transport.comes("silent");
    TestPeer wrong = test.transport.comes("wrong");
    wrong.opens("unknown");
    TestPeer talking = test.transport.comes("talking");
    TestChannel channel = talking.opens("good");
    Awaitility.await().until(() -> silent.closed.isDone() && wrong.closed.isDone());
    assertThat(talking.closed).isNotDone();
    channel.close();
    Awaitility.await().until(talking.closed::isDone);
    assertThat(test.worker.peers().rows()).isEmpty();
  }

  @Test
  void stoppingClosesEveryPeerAndAcceptsNoMore() {
    start(TestConfig.DEFAULT);
    TestPeer peer = test.transport.comes("anna");
    test.worker.stop();
    assertThat(peer.closed).isCompleted();
    assertThat(test.transport.accepts()).isFalse();
    assertThat(test.jobs.listener).isNull();
  }

  @Test
  void theRoomLearnsWhichDirectoriesClientsMayLookInto() {
    start(TestConfig.DEFAULT);
    Map<String, Object> properties = test.server.room().properties;
    Mounts mounts = mounts(new Mount("vast", "/vast/lab"));
    test.worker.setMounts(mounts);
    Awaitility.await()
        .until(
            () ->
                List.of(Map.of("label", "vast", "path", "/vast/lab"))
                    .equals(properties.get("mounts")));
    assertThat(test.worker.info().mounts()).containsExactly("vast=/vast/lab");
    test.worker.setMounts(mounts());
    test.worker.unsetMounts(mounts);
    Awaitility.await().until(() -> List.of().equals(properties.get("mounts")));
  }

  private static Mounts mounts(Mount... all) {
    return (Mounts)
        Proxy.newProxyInstance(
            Mounts.class.getClassLoader(),
            new Class<?>[] {Mounts.class},
            (proxy, method, args) -> {
              assertThat(method.getName()).isEqualTo("mounts");
              return List.of(all);
            });
  }

  @Test
  void transportsThatComeAndGoAreAnnouncedAsLongAsTheyAccept() {
    start(TestConfig.DEFAULT);
    Map<String, Object> properties = test.server.room().properties;
    assertThat(properties).doesNotContainKey("transports");
    TestTransport second = new TestTransport();
    second.announcement = Map.of("version", 1, "port", 4433);
    test.worker.addTransport(second, Map.of(Transport.NAME, "direct"));
    Awaitility.await()
        .until(() -> Map.of("direct", second.announcement).equals(properties.get("transports")));
    second.comes("anna");
    test.worker.removeTransport(second);
    Awaitility.await().until(() -> Map.of().equals(properties.get("transports")));
    assertThat(test.worker.info().transports()).containsExactly("webrtc");
  }

  @Test
  void theRoomLearnsWhatTheWorkerIsAndDoes() {
    start(TestConfig.DEFAULT);
    Map<String, Object> properties = test.server.room().properties;
    Awaitility.await().until(() -> "available".equals(properties.get("status")));
    assertThat(properties)
        .containsEntry("worker_name", "gpubox")
        .containsEntry("gpu_model", "CPU")
        .containsEntry("gpu_memory_mb", 0)
        .containsEntry("gpu_count", 0)
        .containsEntry("cuda_version", "N/A")
        .containsEntry("max_concurrent_jobs", 2)
        .containsEntry("peerworks", Map.of("version", 1))
        .containsEntry("supported_job_types", List.of("other", "inference", "training"))
        .containsKeys("hostname", "sleap_version", "sleap_nn_version");
    test.jobs.runs(2);
    Awaitility.await().until(() -> "busy".equals(properties.get("status")));
    test.jobs.runs(1);
    Awaitility.await().until(() -> "available".equals(properties.get("status")));
    test.jobs.types = List.of("track");
    test.worker.removeJobType(null);
    Awaitility.await()
        .until(() -> List.of("inference").equals(properties.get("supported_job_types")));
    test.worker.unsetJobs(test.jobs);
    test.worker.removeProtocol(test.protocol);
    Awaitility.await().until(() -> "maintenance".equals(properties.get("status")));
    Awaitility.await().until(() -> Map.of().equals(properties.get("peerworks")));
  }

  @Test
  void theRoomLearnsTheGpusAndHowManyJobsRunAtOnce() {
    start(TestConfig.DEFAULT);
    Map<String, Object> properties = test.server.room().properties;
    test.jobs.kind = "gpu";
    TestSlots gpus =
        new TestSlots(
            5,
            List.of(
                new Gpu(0, "NVIDIA A100-SXM4-40GB", 40960),
                new Gpu(1, "NVIDIA GeForce RTX 3090", 24576),
                new Gpu(2, "NVIDIA A100-SXM4-40GB", 40960)));
    test.worker.setSlots(gpus);
    test.worker.unsetSlots(test.slots);
    Awaitility.await().until(() -> Integer.valueOf(3).equals(properties.get("gpu_count")));
    assertThat(properties)
        .containsEntry("gpu_model", "NVIDIA A100-SXM4-40GB, NVIDIA GeForce RTX 3090")
        .containsEntry("gpu_memory_mb", 24576)
        .containsEntry("max_concurrent_jobs", 3);
    assertThat(test.worker.info().slots()).first().asString().isEqualTo("5 cpu");
    assertThat(test.worker.info().slots().get(1)).startsWith("3 gpu (NVIDIA A100-SXM4-40GB, 40960");
    test.jobs.runs(3);
    Awaitility.await().until(() -> "busy".equals(properties.get("status")));

    test.worker.setSlots(new TestSlots(1, List.of(new Gpu(0, "", 0))));
    Awaitility.await().until(() -> "GPU".equals(properties.get("gpu_model")));
    assertThat(properties).containsEntry("gpu_memory_mb", 0);
  }

  @Test
  void theRoomGoesOnLearningAfterTheFeedOfJobsHasFailed() {
    start(TestConfig.DEFAULT);
    Map<String, Object> properties = test.server.room().properties;
    Awaitility.await().until(() -> "available".equals(properties.get("status")));
    JobEventListener first = test.jobs.listener;
    first.onFailed(new JobException(JobException.Code.UNAVAILABLE, "The store is locked."));
    Awaitility.await().until(() -> test.jobs.listener != null && test.jobs.listener != first);
    test.jobs.runs(2);
    Awaitility.await().until(() -> "busy".equals(properties.get("status")));
  }

  @Test
  void theShellShowsTheWorkerAndItsPeers() {
    start(TestConfig.DEFAULT);
    test.transport.comes("anna\u001b[31m").opens("good");
    assertThat(test.worker.peers().rows())
        .containsExactly(new PeerRow("anna?[31m", "test", Instant.EPOCH, 1, 20, 40, 5));
    WorkerInfo info = test.worker.info();
    assertThat(info.name()).isEqualTo("gpubox");
    assertThat(info.version()).isEqualTo("1.2.3");
    assertThat(info.session()).isEqualTo(test.published.get().session().encode());
    assertThat(info.connected()).isTrue();
    assertThat(info.peers()).isEqualTo(1);
    assertThat(info.protocols()).containsExactly("peerworks");
    Awaitility.await()
        .until(() -> test.worker.info().jobTypes().equals(List.of("other", "track", "train")));
  }

  @Test
  void aShellWithoutAWorkerSaysWhatIsMissing() {
    assertThatThrownBy(() -> new WorkerCommands(null).info())
        .hasMessageContaining("'org.peerworks.worker'");
    assertThatThrownBy(() -> new TransportCommands().peers())
        .hasMessageContaining("'org.peerworks.worker'");
  }
}
