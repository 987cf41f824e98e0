package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job type is stopped and started again at the prompt of a worker that goes on working. */
class HotStopIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TRAIN = "org.peerworks.job.train";

  @TempDir Path directory;

  private Lab lab;
  private ScriptedTrainer trainer;
  private Running worker;
  private String session;

  @BeforeEach
  void startWorkerWithPrompt() throws Exception {
    lab = new Lab(directory);
    trainer = new ScriptedTrainer(lab);
    lab.signal();
    worker = lab.worker("--shell");
    session = Lab.session(worker);
  }

  @AfterEach
  void closeLab() throws Exception {
    lab.close();
  }

  @Test
  void aStoppedJobTypeTakesNoMoreJobsWhileAllElseGoesOn() throws Exception {
    Instant before = started(worker.pid());
    Running running = train("anna", "first.zip");
    running.awaitLine("[Ee]poch 1");
    String bundle = bundle("Active");

    worker.type("stop " + bundle);
    bundle("Resolved");
    Running refused = train("ben", "second.zip");
    assertThat(refused.exit()).as(refused.transcript()).isEqualTo(4);
    assertThat(String.join("\n", refused.err()))
        .contains("takes no job of type 'train'", "It takes 'track'");
    assertThat(running.isAlive()).as(running.transcript()).isTrue();
    assertThat(trainer.isRunning()).isTrue();

    trainer.go();
    assertThat(running.exit()).as(running.transcript()).isZero();
    assertThat(running.transcript()).contains(" succeeded");
    Running track = track();
    assertThat(track.exit()).as(track.transcript()).isZero();
    assertThat(lab.desk().resolve("found.slp")).hasContent("predictions\n");

    worker.type("start " + bundle);
    bundle("Active");
    Running again = train("ben", "third.zip");
    assertThat(again.exit()).as(again.transcript()).isZero();
    assertThat(started(worker.pid())).as(worker.transcript()).isEqualTo(before);
  }

  /** When the process with that id began: it is the same one as long as this is. */
  private static Instant started(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().startInstant())
        .orElseThrow();
  }

  private Running train(String identity, String name) throws IOException {
    String zip = trainer.trainingPackage(name, 1000).toString();
    return lab.clientAs(identity, "client-train", "-s", session, "-p", zip);
  }

  private Running track() throws IOException {
    Path model = Files.createDirectories(directory.resolve("single"));
    Files.writeString(model.resolve("peerworks.pt"), "weights");
    Path labels = LabelFiles.ofTwoAnimals(directory.resolve("labels.slp"));
    return lab.client(
        "client-track",
        "-s",
        session,
        "-d",
        labels.toString(),
        "-m",
        model.toString(),
        "-o",
        "found.slp");
  }

  /** Waits until the job type's bundle is in a state, and returns its id. */
  private String bundle(String state) {
    int before = worker.out().size();
    Pattern line = Pattern.compile("(\\d+)\\|" + state + " *\\|.*" + Pattern.quote(TRAIN));
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> listed(line, before), id -> id != null);
  }

  private String listed(Pattern line, int from) throws IOException {
    List<String> lines = worker.out();
    for (String each : lines.subList(from, lines.size())) {
      Matcher matcher = line.matcher(each);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    worker.type("lb -s " + TRAIN);
    return null;
  }
}
