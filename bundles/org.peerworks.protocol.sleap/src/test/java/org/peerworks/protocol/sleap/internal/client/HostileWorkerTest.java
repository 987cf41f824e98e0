package org.peerworks.protocol.sleap.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;

/** Workers that mean no good, or are broken. */
final class HostileWorkerTest {

  private static final long LOG_LIMIT = 1 << 20;

  @TempDir Path here;

  private JobRequest tracking() throws IOException {
    Path zip =
        Lab.zip(
            here.resolve("p.zip"),
            Map.of("track-script.sh", "sleap-nn track --data_path a.slp --model_paths m\n"));
    return Lab.request("track", "{}", Map.of("p.zip", zip));
  }

  private Job ends(Consumer<PythonWorker> behaviour) throws IOException {
    return ends(behaviour, Lab.quick(here));
  }

  private Job ends(Consumer<PythonWorker> behaviour, ClientSettings settings) throws IOException {
    try (Lab lab = new Lab(here, settings)) {
      lab.python.on(
          (python, text) -> {
            if (text.equals("END_OF_FILE")) {
              behaviour.accept(python);
            }
          });
      lab.connect("g1");
      Job ended = lab.ended(lab.submit(tracking()));
      assertThat(ended.outputs()).allMatch(output -> output.name().endsWith(".slp"));
      return ended;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "../../evil.slp, names its result badly",
    "/etc/evil.slp, names its result badly",
    ".hidden.slp, names its result badly",
    "a b\u0001.slp, names its result badly"
  })
  void aNameThatLeadsAwayIsRefused(String name, String why) throws IOException {
    Job ended = ends(python -> python.sendFile(name, new byte[3], ""));
    assertThat(ended.state()).isEqualTo(JobState.FAILED);
    assertThat(ended.reason()).contains(why);
    nothingIsLeft();
  }

  @Test
  void aResultLargerThanTheDiskIsRefusedBeforeItComes() throws IOException {
    Job ended = ends(python -> python.say("FILE_META::a.slp:" + Long.MAX_VALUE + ":"));
    assertThat(ended.state()).isEqualTo(JobState.FAILED);
    assertThat(ended.reason()).contains("has room for");
  }

  @Test
  void moreThanWasAnnouncedIsRefused() throws IOException {
    Job ended = ends(python -> python.say("FILE_META::a.slp:10:").sayBinary(new byte[11]));
    assertThat(ended.reason()).contains("more of 'a.slp' than the 10 bytes");
    nothingIsLeft();
  }

  @Test
  void lessThanWasAnnouncedIsRefused() throws IOException {
    Job ended =
        ends(
            python -> python.say("FILE_META::a.slp:10:").sayBinary(new byte[9]).say("END_OF_FILE"));
    assertThat(ended.reason()).contains("arrived with 9 bytes, but 10 were announced");
    nothingIsLeft();
  }

  @Test
  void dataOutOfNowhereIsRefused() throws IOException {
    assertThat(ends(python -> python.sayBinary(new byte[9])).reason())
        .contains("had not announced");
  }

  /** Whoever waits for job and connection hears of the job first. */
  @Test
  void whatWasWrongIsToldBeforeTheConnectionEnds() throws IOException {
    try (Lab lab = new Lab(here)) {
      lab.python.on(
          (python, text) -> {
            if (text.equals("END_OF_FILE")) {
              python.sayBinary(new byte[9]);
            }
          });
      var worker = lab.connect("g1");
      assertThat(lab.ended(lab.submit(tracking())).reason()).contains("had not announced");
      assertThat(worker.closed().toCompletableFuture()).isNotDone();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(worker.closed().toCompletableFuture()::isDone);
    }
  }

  @Test
  void aFileInAFileIsRefused() throws IOException {
    assertThat(ends(python -> python.say("FILE_META::a.slp:10:", "FILE_META::b.slp:1:")).reason())
        .contains("in the middle of another");
  }

  @Test
  void filesWithoutEndAreRefused() throws IOException {
    Job ended =
        ends(
            python -> {
              python.say("TRACK_LOG:x");
              for (int i = 0; i < 20; i++) {
                python.sendFile("f" + i + ".slp", new byte[1], "");
              }
            },
            slow());
    assertThat(ended.reason()).contains("more than 16 files");
  }

  /** One that waits for more after a file. */
  private ClientSettings slow() {
    ClientSettings quick = Lab.quick(here);
    return new ClientSettings(
        quick.directory(),
        quick.authentication(),
        quick.answer(),
        quick.stall(),
        quick.silence(),
        quick.keepAlive(),
        Duration.ofSeconds(20),
        quick.mostLogBytes(),
        quick.window(),
        quick.freeBytes());
  }

  @Test
  void aBrokenAnnouncementEndsTheJob() throws IOException {
    assertThat(ends(python -> python.say("FILE_META::a.slp:ten:")).reason())
        .contains("cannot be read");
  }

  @Test
  void aStopInTheMiddleOfAFileIsNoticedThoughThereAreSignsOfLife() throws IOException {
    Job ended =
        ends(
            python -> {
              python.say("FILE_META::a.slp:10:").sayBinary(new byte[9]);
              for (int i = 0; i < 100; i++) {
                python.sayBinary("KEEP_ALIVE".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
              }
            });
    assertThat(ended.reason()).contains("stopped in the middle", "9 of 10");
    nothingIsLeft();
  }

  @Test
  void signsOfLifeAloneAreNoNews() throws IOException {
    ClientSettings quick = Lab.quick(here);
    ClientSettings impatient =
        new ClientSettings(
            quick.directory(),
            quick.authentication(),
            quick.answer(),
            quick.stall(),
            Duration.ofSeconds(1),
            quick.keepAlive(),
            quick.afterwards(),
            quick.mostLogBytes(),
            quick.window(),
            quick.freeBytes());
    Job ended =
        ends(
            python ->
                python.sayBinary("KEEP_ALIVE".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
            impatient);
    assertThat(ended.state()).isEqualTo(JobState.LOST);
    assertThat(ended.reason()).contains("said nothing");
  }

  @Test
  void anEndlessLogHasAnEnd() throws IOException {
    try (Lab lab = new Lab(here)) {
      String line = "TRACK_LOG:" + "x".repeat(10_000);
      lab.python.on(
          (python, text) -> {
            if (text.equals("END_OF_FILE")) {
              for (int i = 0; i < 300; i++) {
                python.say(line, "\r" + i + "%", "PROGRESS_REPORT::{\"event\":\"batch_end\"}");
              }
              python.say("INFERENCE_JOB_ERROR::inference::1", "INFERENCE_JOBS_DONE");
            }
          });
      lab.connect("g1");
      Job ended = lab.ended(lab.submit(tracking()));
      String log = lab.log(ended);
      assertThat((long) log.length()).isBetween(LOG_LIMIT - 20_000, LOG_LIMIT + 200);
      assertThat(log).endsWith("the rest is left out.]\n");
    }
  }

  @Test
  void aLostConnectionEndsTheJobAndSaysSo() throws IOException {
    try (Lab lab = new Lab(here)) {
      lab.connect("g1");
      Job job = lab.submit(tracking());
      lab.python.cut("The other side is gone.");
      Job ended = lab.ended(job);
      assertThat(ended.state()).isEqualTo(JobState.LOST);
      assertThat(ended.reason()).contains("The other side is gone", "come back");
    }
  }

  @Test
  void aConnectionLostInTheMiddleOfAnUploadRefusesTheSubmit() throws IOException {
    try (Lab lab = new Lab(here)) {
      lab.python.on(
          (python, text) -> {
            if (text.startsWith("FILE_META")) {
              python.cut("gone");
            }
          });
      var worker = lab.connect("g1");
      assertThatThrownBy(() -> lab.submit(tracking()))
          .isInstanceOf(JobException.class)
          .extracting(e -> ((JobException) e).code())
          .isEqualTo(JobException.Code.UNAVAILABLE);
      assertThat(Lab.join(worker.closed())).isEqualTo("gone");
    }
    nothingIsLeft();
  }

  @Test
  void aWorkerThatTalksNonsenseOnlyIsLeft() throws IOException {
    Job ended =
        ends(
            python -> {
              for (int i = 0; i < 1100; i++) {
                python.say("PROGRESS_REPORT::{" + i);
              }
            });
    assertThat(ended.state()).isEqualTo(JobState.LOST);
  }

  @Test
  void whatAKilledClientLeftIsDeletedAfterDays() throws IOException {
    Path old = Files.createDirectories(here.resolve("received/received-1/job-1"));
    Path young = Files.createDirectories(here.resolve("received/received-2"));
    Files.setLastModifiedTime(
        old.getParent(), FileTime.from(Instant.now().minus(Duration.ofDays(8))));
    try (Lab lab = new Lab(here)) {
      lab.connect("g1");
    }
    assertThat(old.getParent()).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void signsOfLifeAreSent() {
    try (Lab lab = new Lab(here)) {
      lab.connect("g1");
      Awaitility.await().until(() -> lab.python.keepAlives() > 2);
    }
  }

  private void nothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(here.resolve("received"))) {
      assertThat(left).isEmpty();
    }
  }
}
