package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worker and clients as processes: queue, death, restart. */
class WorkerLifeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private Lab lab;
  private ScriptedTrainer trainer;

  @BeforeEach
  void openLab() throws Exception {
    lab = new Lab(directory);
    // A connection whose worker was killed is given up soon.
    for (String data : List.of("client-data", "anna")) {
      lab.configure(data, "org.peerworks.transport.webrtc", "disconnectGraceSeconds = 1\n");
    }
    trainer = new ScriptedTrainer(lab);
    lab.signal();
  }

  @AfterEach
  void closeLab() throws Exception {
    lab.close();
  }

  @Test
  void theSecondOfTwoClientsShowsItsPlaceInTheQueueAndThenRuns() throws Exception {
    lab.configureWorker("org.peerworks.job.engine", "cpuSlots = 1\n");
    String session = Lab.session(lab.worker());
    String first = trainer.trainingPackage("first.zip", 1000).toString();
    String second = trainer.trainingPackage("second.zip", 1000).toString();
    Running one = lab.clientAs("anna", "client-train", "-s", session, "-p", first);
    one.awaitLine("Epoch 1/2|[Ee]poch 1");
    Running two = lab.clientAs("ben", "client-train", "-s", session, "-p", second);
    two.awaitLine("(?i)place 1");

    Running list = lab.clientAs("carl", "job", "list", "-s", session, "--json");
    assertThat(list.exit()).as(list.transcript()).isZero();
    JsonNode jobs = new ObjectMapper().readTree(String.join("\n", list.out()));
    assertThat(jobs.findValuesAsText("state")).containsExactly("QUEUED", "RUNNING");
    assertThat(jobs.at("/jobs/0/place").asInt()).isEqualTo(1);
    assertThat(jobs.at("/jobs/1/place").isNull()).isTrue();

    trainer.go();
    assertThat(one.exit()).as(one.transcript()).isZero();
    assertThat(two.exit()).as(two.transcript()).isZero();
    try (Stream<Path> models = Files.list(lab.desk().resolve("models"))) {
      assertThat(models.map(path -> path.getFileName().toString()))
          .hasSize(2)
          .allMatch(name -> name.matches("single_\\d{6}_\\d{6}(_\\d+)?"));
    }
  }

  @Test
  void sessionStringRoomAndTokenStayTheSameAfterARestart() throws Exception {
    Running first = lab.worker();
    String session = Lab.session(first);
    first.signal("TERM");
    assertThat(first.exit()).as(first.transcript()).isZero();
    assertThat(Lab.session(lab.worker())).isEqualTo(session);
  }

  @Test
  void aTrainingGoesOnWhenItsWorkerWasKilledAndIsBack() throws Exception {
    lab.configure("anna", "org.peerworks.protocol.peerworks", "reconnectSeconds = 1\n");
    lab.configureWorker("org.peerworks.job.engine", "cpuSlots = 1\n");
    Running worker = lab.worker();
    String session = Lab.session(worker);
    Running client = train(session, 1000);
    client.awaitLine("[Ee]poch 1");
    String other = trainer.trainingPackage("other.zip", 1000).toString();
    Running impatient = lab.clientAs("anna", "client-train", "-s", session, "-p", other);
    impatient.awaitLine("(?i)place 1");
    worker.signal("KILL");
    worker.exit();
    assertThat(impatient.exit()).as(impatient.transcript()).isEqualTo(3);
    assertThat(impatient.transcript())
        .containsPattern("The connection to worker '.+' was lost: It was not reached again within");
    client.awaitLine("The connection to worker '.+' was lost: .+ Reconnecting");
    assertThat(trainer.isRunning()).isTrue();

    Lab.session(lab.worker());
    client.awaitLine("Connected to worker '.+' again\\.");
    assertThat(trainer.isRunning()).isTrue();
    trainer.go();
    assertThat(client.exit()).as(client.transcript()).isZero();
    Running log = lab.client("job", "log", job(client), "-s", session);
    assertThat(log.exit()).as(log.transcript()).isZero();
    assertThat(log.out())
        .containsExactly(
            "Training model 1/1: single",
            "Epoch 1/2: train_loss=0.5 val_loss=0.5 (0.1 s)",
            "Epoch 2/2: train_loss=0.1 val_loss=0.1 (0.1 s)");
    await().atMost(PATIENCE).until(() -> !trainer.isRunning());
  }

  @Test
  void anUploadGoesOnWhenItsWorkerWasKilledAndIsBack() throws Exception {
    Running worker = lab.worker();
    String session = Lab.session(worker);
    Running client = train(session, 200_000_000);
    await().atMost(PATIENCE).until(() -> uploaded() > 1_000_000);
    worker.signal("KILL");
    worker.exit();
    client.awaitLine("The connection to worker '.+' was lost: .+ Reconnecting");
    assertThat(files("jobs")).isEmpty();
    long there = uploaded();
    assertThat(there).isPositive();
    trainer.go();

    Lab.session(lab.worker());
    assertThat(client.exit()).as(client.transcript()).isZero();
    Running list = lab.client("job", "list", "-s", session, "--json");
    assertThat(list.exit()).as(list.transcript()).isZero();
    assertThat(new ObjectMapper().readTree(String.join("\n", list.out())).get("jobs")).hasSize(1);
  }

  @Test
  void ctrlCAsksTheWorkerToCancel() throws Exception {
    String session = Lab.session(lab.worker());
    Running client = train(session, 1000);
    client.awaitLine("[Ee]poch 1");
    client.signal("INT");
    assertThat(client.exit()).as(client.transcript()).isEqualTo(130);
    assertThat(client.transcript()).containsIgnoringCase("cancel");
    assertThat(trainer.isRunning()).isFalse();
  }

  @Test
  void aWrongTokenIsRefusedWithAReason() throws Exception {
    String session = Lab.session(lab.worker());
    String room = org.peerworks.signaling.api.SessionString.decode(session).roomId();
    Running client = lab.client("job", "list", "--room", room, "--token", "wrong");
    assertThat(client.exit()).as(client.transcript()).isEqualTo(3);
    assertThat(client.transcript()).containsIgnoringCase("token");

    Running known = lab.client("job", "list", "-s", session);
    assertThat(known.exit()).as(known.transcript()).isZero();
  }

  private static String job(Running client) {
    Matcher id = Pattern.compile("Job (\\d{8}-\\S+) was accepted").matcher(client.transcript());
    assertThat(id.find()).as(client.transcript()).isTrue();
    return id.group(1);
  }

  private Running train(String session, int padding) throws IOException {
    return lab.client(
        "client-train",
        "--session_string",
        session,
        "--pkg_path",
        trainer.trainingPackage("labels.v001.zip", padding).toString());
  }

  private long uploaded() throws IOException {
    long bytes = 0;
    for (Path file : files("uploads")) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private List<Path> files(String folder) throws IOException {
    Path root = lab.workerData().resolve(folder);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
