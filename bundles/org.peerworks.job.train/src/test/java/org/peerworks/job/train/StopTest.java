package org.peerworks.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.testkit.RealContext;
import org.peerworks.job.testkit.ZipFile;
import org.peerworks.lib.files.ArchiveLimits;

/** Trainings that are ended early, by a trainer that knows nothing of ZeroMQ. */
class StopTest {

  /** Trains until it is interrupted; the file {@code quick} makes it end by itself. */
  private static final String TRAINER =
      """
      for a; do case "$a" in
        *trainer_config.ckpt_dir=*) ckpt=${a#*=};;
        *trainer_config.run_name=*) run=${a#*=};;
      esac; done
      mkdir -p "$ckpt/$run"
      trap '[ -e HERE/nothing ] || echo weights > "$ckpt/$run/best.ckpt"; exit 130' INT
      echo 'Epoch 1/9: train_loss=0.5 val_loss=0.6 (0.1 s)'
      touch "HERE/up-$run"
      while [ ! -e HERE/quick ]; do sleep 0.05; done
      echo weights > "$ckpt/$run/best.ckpt"
      """;

  @TempDir Path directory;
  private RealContext context;

  @BeforeEach
  void makeJob() throws IOException {
    context = new RealContext(directory).withProgram(TRAINER);
    context.withInput(SleapPackage.zip().write(context.input("p.zip")));
  }

  private CompletableFuture<JobResult> start() {
    CompletableFuture<JobResult> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(new TrainJobType(ArchiveLimits.DEFAULT, false).run(context));
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            },
            "job");
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private void awaitUp(String run) {
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> Files.exists(directory.resolve("up-" + run)));
  }

  private static JobResult get(CompletableFuture<JobResult> result) throws Exception {
    return result.get(60, TimeUnit.SECONDS);
  }

  private static JsonNode document(JobResult result) throws IOException {
    return new ObjectMapper().readTree(result.document());
  }

  @Test
  void aStoppedJobKeepsItsModelAndSkipsTheRest() throws Exception {
    CompletableFuture<JobResult> running = start();
    awaitUp("centroid");
    context.control().stop();
    JobResult result = get(running);
    assertThat(result.reason()).isEmpty();
    assertThat(result.succeeded()).isTrue();
    assertThat(document(result).get("stopped_early").asBoolean()).isTrue();
    JsonNode models = document(result).get("models");
    assertThat(models)
        .extracting(m -> m.get("state").asText())
        .containsExactly("SUCCEEDED", "SKIPPED");
    assertThat(models.get(0).get("stopped_early").asBoolean()).isTrue();
    assertThat(ZipFile.read(result.outputs().get("trained_p.zip")))
        .containsEntry("centroid/best.ckpt", "weights");
    assertThat(context.started()).hasSize(1);

    assertThat(document(get(start()))).as("when it is run again").isEqualTo(document(result));
  }

  @Test
  void theCommandOfAMonitorEndsOneModelOnly() throws Exception {
    CompletableFuture<JobResult> running = start();
    awaitUp("centroid");
    context.control().tell("{\"command\": \"stop\"}");
    awaitUp("centered_instance");
    Files.createFile(directory.resolve("quick"));
    JobResult result = get(running);
    JsonNode models = document(result).get("models");
    assertThat(models).extracting(m -> m.get("state").asText()).containsOnly("SUCCEEDED");
    assertThat(models).extracting(m -> m.has("stopped_early")).containsExactly(true, false);
    assertThat(document(result).get("stopped_early").asBoolean()).isTrue();
  }

  @Test
  void otherCommandsAreRefused() throws Exception {
    CompletableFuture<JobResult> running = start();
    awaitUp("centroid");
    for (String json :
        new String[] {
          "{\"command\":\"cancel\"}",
          "{\"command\":\"set_lr\",\"lr\":9}",
          "{\"py/object\":\"os.system\"}",
          "{\"command\":{\"py/object\":\"os.system\"}}",
          "{\"command\":[\"stop\"]}",
          "{}",
        }) {
      assertThatThrownBy(() -> context.control().tell(json))
          .isInstanceOfSatisfying(
              JobException.class, e -> assertThat(e.code()).isEqualTo(JobException.Code.INVALID));
    }
    assertThat(running).isNotDone();
    Files.createFile(directory.resolve("quick"));
    assertThat(document(get(running)).has("stopped_early")).isFalse();
    assertThatThrownBy(() -> context.control().tell("{\"command\":\"stop\"}"))
        .hasMessageContaining("No model is being trained now");
  }

  @Test
  void aStopBeforeThereIsAnythingToKeepFails() throws Exception {
    Files.createFile(directory.resolve("nothing"));
    CompletableFuture<JobResult> running = start();
    awaitUp("centroid");
    context.control().stop();
    JobResult result = get(running);
    assertThat(result.succeeded()).isFalse();
    assertThat(result.reason()).contains("ended before there was anything to keep");
  }

  @Test
  void whatTrainersAndTheJobSayIsReported() throws Exception {
    Files.createFile(directory.resolve("quick"));
    get(start());
    assertThat(context.reported())
        .extracting(json -> new ObjectMapper().readTree(json).get("event").asText())
        .containsExactly("model_begin", "model_end", "model_begin", "model_end");
    assertThat(context.reported().get(0))
        .contains(
            "\"what\":\"peerworks\"", "\"index\":1", "\"count\":2", "\"run_name\":\"centroid\"");
  }
}
