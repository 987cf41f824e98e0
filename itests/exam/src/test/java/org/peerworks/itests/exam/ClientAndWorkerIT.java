package org.peerworks.itests.exam;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assert.fail;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.propagateSystemProperty;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.SessionString;
import org.peerworks.signaling.api.Signaling;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Transport;

/** A client in this container, a worker in another: jobs travel over WebRTC between two JVMs. */
@RunWith(TwoContainers.class)
@ExamReactorStrategy(PerClass.class)
public class ClientAndWorkerIT {

  private static final long PATIENCE_SECONDS = 60;

  @Inject private Signaling signaling;
  @Inject private Transport transport;
  @Inject private Protocol protocol;

  private Room room;
  private Peer peer;
  private RemoteWorker worker;

  @Configuration
  public Option[] client() throws Exception {
    Path data = Files.createTempDirectory(Path.of("target"), "client-").toAbsolutePath();
    return options(
        Containers.features(data, "client"),
        junitBundles(),
        systemProperty("pax.exam.osgi.unresolved.fail").value("true"),
        propagateSystemProperty("test.worker.data"),
        propagateSystemProperty("test.ws"),
        propagateSystemProperty("test.http"));
  }

  @Before
  public void connect() throws Exception {
    ServerAddress server =
        new ServerAddress(
            URI.create(System.getProperty("test.ws")), URI.create(System.getProperty("test.http")));
    SessionString session = session();
    room =
        await(
            signaling.join(
                new JoinRequest(
                    server,
                    Optional.of(session.roomId()),
                    Optional.of(session.token()),
                    new PeerInfo("", Role.CLIENT, List.of(), Map.of()),
                    Optional.empty(),
                    false)));
    List<PeerInfo> workers = await(room.discover(Role.WORKER));
    assertEquals(1, workers.size());
    assertEquals(session.peerId(), workers.get(0).id());
    assertTrue(protocol.speaks(workers.get(0)));
    peer = await(transport.connect(room, session.peerId()));
    worker = await(protocol.connect(peer));
  }

  @After
  public void disconnect() {
    if (worker != null) {
      worker.close();
    }
    if (peer != null) {
      peer.close();
    }
    if (room != null) {
      room.close();
    }
  }

  @Test
  public void aJobOfADroppedInTypeRunsOnTheWorkerAndItsFileComesBack() throws Exception {
    Job job =
        await(
            worker.jobs().submit(request("shout", "{\"text\": \"hello\"}"), TransferListener.NONE));
    Job done = awaitEnd(job.id());
    assertEquals(done.reason(), JobState.SUCCEEDED, done.state());
    assertEquals("loud.txt", done.outputs().get(0).name());
    try (ReadableByteChannel output = await(worker.jobs().openOutput(job.id(), "loud.txt", 0))) {
      ByteBuffer content = ByteBuffer.allocate(5);
      while (content.hasRemaining() && output.read(content) >= 0) {
        continue;
      }
      assertArrayEquals("HELLO".getBytes(StandardCharsets.UTF_8), content.array());
    }
  }

  @Test
  public void parametersThatTheSchemaDoesNotAllowAreRefusedByName() throws Exception {
    assertRefused(JobException.Code.INVALID, "text", request("shout", "{\"text\": 5}"));
  }

  @Test
  public void anUnknownJobTypeIsRefusedByName() throws Exception {
    assertRefused(JobException.Code.UNKNOWN_TYPE, "whisper", request("whisper", "{}"));
  }

  private void assertRefused(JobException.Code code, String named, JobRequest request)
      throws Exception {
    try {
      await(worker.jobs().submit(request, TransferListener.NONE));
      fail("The job was accepted.");
    } catch (ExecutionException e) {
      JobException refusal = (JobException) e.getCause();
      assertEquals(code, refusal.code());
      assertTrue(refusal.getMessage(), refusal.getMessage().contains(named));
    }
  }

  private Job awaitEnd(String id) throws Exception {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    worker
        .jobs()
        .watch(
            id,
            0,
            new JobEventListener() {
              @Override
              public CompletionStage<Void> onEvent(JobEvent event) {
                return CompletableFuture.completedFuture(null);
              }

              @Override
              public void onEnd() {
                ended.complete(null);
              }
            });
    await(ended);
    Job job = await(worker.jobs().get(id));
    assertFalse(job.state() == JobState.RUNNING);
    return job;
  }

  private static JobRequest request(String type, String parameters) {
    return new JobRequest(
        type,
        parameters,
        Map.of(),
        JobRequest.DEFAULT_PRIORITY,
        Long.toString(System.nanoTime()),
        Duration.ZERO);
  }

  /** The worker writes how it can be reached as soon as it is in its room. */
  private static SessionString session() throws Exception {
    Path file = Path.of(System.getProperty("test.worker.data"), "keys", "room.json");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(file)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("The worker did not enter a room: no " + file);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    String json = Files.readString(file);
    return new SessionString(field(json, "roomId"), field(json, "token"), field(json, "peerId"));
  }

  private static String field(String json, String name) {
    java.util.regex.Matcher matcher =
        java.util.regex.Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    assertTrue(name + " in " + json, matcher.find());
    return matcher.group(1);
  }

  private static <T> T await(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
