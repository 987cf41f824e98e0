package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Progress;
import org.peerworks.protocol.sleap.internal.auth.Authentication;
import org.peerworks.protocol.sleap.internal.auth.RoomAuthentication;
import org.peerworks.protocol.sleap.internal.auth.SecretVerifier;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.SessionString;

/** What the room's server passes on (sleap-rtc wire format §1.11). */
final class RelayTest {

  @TempDir private Path directory;
  private final BlockingQueue<ObjectNode> told = new LinkedBlockingQueue<>();
  private volatile Consumer<String> server = text -> {};
  private Worker worker;
  private Path labels;

  @BeforeEach
  void start() throws IOException {
    open(Authentication.NONE);
  }

  private void open(Authentication authentication) throws IOException {
    Path mount = Files.createDirectories(directory.resolve("mount")).toRealPath();
    labels = Files.writeString(mount.resolve("labels.slp"), "labels");
    Files.createDirectories(mount.resolve("model"));
    worker = new Worker(directory.resolve("data"), Worker.LIMITS, authentication).withMounts(mount);
    worker.resolver.set(new TestResolver());
    worker.entered(room(false));
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  private Room room(boolean keyed) {
    return (Room)
        Proxy.newProxyInstance(
            Room.class.getClassLoader(),
            new Class<?>[] {Room.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "session" -> new SessionString("room1", "", "worker-1");
                  case "knowsAuthorizedKeys" -> keyed;
                  case "equals" -> proxy == arguments[0];
                  case "listenToServer" -> listen(arguments[0]);
                  case "answerServer" -> {
                    told.add(Json.readObject((String) arguments[0]));
                    yield CompletableFuture.completedFuture(null);
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @SuppressWarnings("unchecked")
  private AutoCloseable listen(Object listener) {
    server = (Consumer<String>) listener;
    return () -> server = text -> {};
  }

  private void send(String json) {
    server.accept(json.replace('\'', '"'));
  }

  private void assign(String id, String config) {
    send(
        "{'type':'job_assigned','job_id':'%s','config':%s,'submitted_by':'user-anna'}"
            .formatted(id, config));
  }

  private String track() {
    return "{'type':'track','data_path':'%s','model_paths':['%s']}"
        .formatted(labels, labels.resolveSibling("model"));
  }

  private static String train() {
    return "{'type':'train','config_contents':['a: 1','b: 2'],'model_types':['centroid','centered_instance']}";
  }

  private ObjectNode next() throws InterruptedException {
    ObjectNode message = told.poll(60, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    return message;
  }

  private ObjectNode next(String status) throws InterruptedException {
    ObjectNode message = next();
    assertThat(message.path("type").asText()).as("%s", message).isEqualTo("job_status");
    assertThat(message.path("status").asText()).as("%s", message).isEqualTo(status);
    return message;
  }

  @Test
  void aTrainingOfTwoModelsHasOneEndAndItsProgressIsTold() throws Exception {
    assign("job_1", train());
    next("accepted");
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();
    assertThat(job.request.type()).isEqualTo("train");
    assertThat(job.owner.id()).isEqualTo("sleap-rtc-relay:room1:user-anna");
    assertThat(job.owner.operator()).isFalse();

    job.turn(1, 2, "centroid")
        .progress(new Progress(1, 10, "epoch", "epoch 1/5, loss 0.5, val 0.25, model 1/2 'x'"));
    job.report(
        "{\"event\":\"epoch_end\",\"epoch\":1,\"logs\":{\"loss\":NaN},\"what\":\"c\",\"py/object\":\"os.system\"}");
    job.report("{\"event\":\"batch_end\",\"batch\":1}");
    job.turn(2, 2, "centered_instance")
        .output("trained.zip", new byte[9])
        .end(JobState.SUCCEEDED, "", "{\"path\":\"/m/run\"}");

    next("running");
    ObjectNode progress = next("running");
    assertThat(progress.path("epoch").asInt()).isEqualTo(1);
    assertThat(progress.path("val_loss").asDouble()).isEqualTo(0.25);
    ObjectNode report = next();
    assertThat(report.path("type").asText()).isEqualTo("job_progress");
    assertThat(report.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("type", "job_id", "event", "epoch", "logs", "what");
    assertThat(next().path("model_type").asText()).isEqualTo("centered_instance");
    assertThat(next("complete").path("output_path").asText()).isEqualTo("/m/run");
    assertThat(told).isEmpty();
  }

  @Test
  void aJobIsCancelledOrStoppedByItsOwnIdOnly() throws Exception {
    assign("job_1", track());
    next("accepted");
    assign("job_2", track());
    next("accepted");
    send("{'type':'job_cancel','job_id':'job_9'}");
    send("{'type':'job_cancel','job_id':'job_2','mode':'stop'}");
    assertThat(next("complete").path("job_id").asText()).isEqualTo("job_2");
    send("{'type':'job_cancel','job_id':'job_1','mode':'cancel'}");
    ObjectNode end = next("failed");
    assertThat(end.path("job_id").asText()).isEqualTo("job_1");
    assertThat(end.path("message").asText()).isEqualTo("Cancelled by its owner.");
    assertThat(worker.jobs.await(1).told).containsExactly("cancel");
    assertThat(worker.jobs.await(2).told).containsExactly("stop");
  }

  @Test
  void whatIsWrongWithAJobIsSaid() throws Exception {
    assign("job_1", "{'type':'track','data_path':'/etc/passwd'}");
    ObjectNode rejected = next("rejected");
    assertThat(rejected.at("/errors/errors/0/field").asText()).isEqualTo("data_path");
    assertThat(rejected.at("/errors/errors/0/code").asText()).isEqualTo("NOT_ALLOWED");
    assign("job_2", "[]");
    assertThat(next("rejected").path("job_id").asText()).isEqualTo("job_2");
    worker.access.set(null);
    assign("job_3", track());
    assertThat(next("rejected").toString()).contains("no job engine");
  }

  @Test
  void directoriesAreListed() throws Exception {
    send("{'type':'fs_list_req','path':'/vast','req_id':'r1','offset':0}");
    ObjectNode list = next();
    assertThat(list.path("type").asText()).isEqualTo("fs_list_res");
    assertThat(list.path("req_id").asText()).isEqualTo("r1");
    assertThat(list.path("path").asText()).isEqualTo("/vast");
    assertThat(list.path("entries").isArray()).isTrue();
    assertThat(list.has("has_more")).isTrue();
    send("{'type':'fs_list_req','path':'/etc','req_id':'r2'}");
    ObjectNode refused = next();
    assertThat(refused.path("error_code").asText()).isEqualTo("ACCESS_DENIED");
    assertThat(refused.path("entries")).isEmpty();
    send("{'type':'fs_list_req','path':'/defect','req_id':'r3'}");
    assertThat(next().path("error").asText()).isNotEmpty().doesNotContain("secret");
  }

  @Test
  void aWorkerThatDemandsTheRoomsSecretTakesNothingOfTheServersWord() throws Exception {
    worker.close();
    RoomAuthentication secret =
        new RoomAuthentication(
            room -> Optional.of(new SecretVerifier("A".repeat(43))), false, Duration.ofSeconds(1));
    secret.entered(room(true));
    open(secret);
    assign("job_1", track());
    assertThat(next("rejected").at("/errors/errors/0/code").asText()).isEqualTo("NOT_ALLOWED");
    send("{'type':'fs_list_req','path':'/vast','req_id':'r1'}");
    assertThat(next().path("error_code").asText()).isEqualTo("ACCESS_DENIED");
    assertThat(worker.jobs.all).isEmpty();

    worker.close();
    RoomAuthentication keys =
        new RoomAuthentication(room -> Optional.empty(), true, Duration.ofSeconds(1));
    assertThat(keys.trustsServer()).as("before there is a room").isFalse();
    keys.entered(room(true));
    open(keys);
    assign("job_1", track());
    next("accepted");
  }

  @Test
  void brokenFramesAndFloodsOfAServerDoNoHarm() throws Exception {
    for (String broken :
        List.of(
            "",
            "[]",
            "{'type':7}",
            "{'type':'job_assigned'}",
            "{'type':'job_assigned','job_id':'../x','config':{}}",
            "{'type':'fs_list_req','req_id':'r','offset':-1}",
            "{'type':'job_cancel','job_id':{}}")) {
      send(broken);
    }
    assign("job_1", track());
    next("accepted");
    assign("job_1", track());
    for (int i = 0; i < 1000; i++) {
      assign("job_f" + i, track());
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> told.stream().anyMatch(one -> one.toString().contains("LIMIT")));
    assertThat(worker.jobs.all).hasSize(4);
    assertThat(told).hasSizeLessThan(100);
  }

  @Test
  void newsGoToTheRoomWhereTheWorkerIsNow() throws Exception {
    assign("job_1", track());
    next("accepted");
    Room second = room(false);
    worker.entered(second);
    worker.jobs.await(1).awaitFollowed().log("Tracked\n");
    next("running");
    worker.left(second);
    worker.jobs.await(1).end(JobState.SUCCEEDED, "", "{}");
    assign("job_2", track());
    assertThat(told).isEmpty();
    assertThat(worker.jobs.all).hasSize(1);
  }
}
