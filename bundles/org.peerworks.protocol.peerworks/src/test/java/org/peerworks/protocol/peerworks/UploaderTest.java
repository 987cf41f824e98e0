package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.peerworks.job.api.TransferListener.NONE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/** Uploads to a worker whose words come right behind each other, or make no sense. */
class UploaderTest {

  @TempDir Path directory;
  private final Identity identity = Identity.create();
  private Rig rig;
  private final Map<String, BiConsumer<RawWorker, Long>> answers = new HashMap<>();

  @BeforeEach
  void start() {
    rig = new Rig(directory);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private CompletionStage<Job> submit(int size) throws IOException {
    RawWorker worker = new RawWorker(identity, answers);
    RemoteWorker remote = rig.connect(new MemoryChannel[] {worker.channel});
    return remote.jobs().submit(Rig.copy(Map.of("a", rig.file("a", size))), NONE);
  }

  private static void start(RawWorker worker, long id, long offset) {
    worker.reply(
        id,
        result ->
            result
                .put("complete", false)
                .put("transfer", 1)
                .put("offset", offset)
                .put("grant", 1 << 20));
  }

  /** The sizes are on both sides of what is hashed before it is sent. */
  @ParameterizedTest
  @ValueSource(ints = {300_000, 17 << 20})
  void aFailureRightBehindTheAnswerIsHeard(int size) throws IOException {
    answers.put(
        "offer",
        (worker, id) -> {
          start(worker, id, 0);
          ObjectNode failed = Json.message("failed").put("transfer", 1);
          failed.set("error", Json.object().put("code", "NO_SPACE").put("message", "It is full."));
          worker.send(failed);
        });
    JobException refusal = Rig.refusal(submit(size));
    assertThat(refusal.code()).isEqualTo(JobException.Code.NO_SPACE);
    assertThat(refusal).hasMessage("It is full.");
  }

  @ParameterizedTest
  @ValueSource(ints = {300_000, 17 << 20})
  void theEndRightBehindTheAnswerIsHeard(int size) throws IOException {
    answers.put(
        "offer",
        (worker, id) -> {
          start(worker, id, 0);
          worker.send(Json.message("stored").put("transfer", 1));
        });
    answers.put(
        "submit",
        (worker, id) ->
            worker.send(
                Json.message("reply")
                    .put("id", id)
                    .set(
                        "error",
                        Json.object()
                            .put("code", "UNKNOWN_TYPE")
                            .put("message", "It came here."))));
    assertThat(Rig.refusal(submit(size))).hasMessage("It came here.");
  }

  @ParameterizedTest
  @ValueSource(ints = {300_000, 17 << 20})
  void anAnswerThatMakesNoSenseIsRefused(int size) throws IOException {
    answers.put("offer", (worker, id) -> start(worker, id, 1L << 40));
    assertThat(Rig.refusal(submit(size)).code()).isEqualTo(JobException.Code.INTERNAL);
    answers.put("offer", (worker, id) -> worker.reply(id, result -> result.put("complete", 7)));
    assertThat(Rig.refusal(submit(size)).code())
        .isIn(JobException.Code.INTERNAL, JobException.Code.UNAVAILABLE);
    answers.put("offer", (worker, id) -> worker.reply(id, result -> result.put("offset", 0)));
    assertThat(Rig.refusal(submit(size)).code())
        .isIn(JobException.Code.INTERNAL, JobException.Code.UNAVAILABLE);
  }

  @Test
  void aTransferThatIsNotOverCannotBeginAgain() throws IOException {
    answers.put("offer", (worker, id) -> start(worker, id, 0));
    answers.put(
        "openOutput",
        (worker, id) ->
            worker.reply(
                id,
                result -> result.put("transfer", 1).put("size", 5).put("sha256", "a".repeat(64))));
    RawWorker worker = new RawWorker(identity, answers);
    RemoteWorker remote = rig.connect(new MemoryChannel[] {worker.channel});
    Rig.get(remote.jobs().openOutput("job", "a", 0));
    assertThat(Rig.refusal(remote.jobs().openOutput("job", "a", 0)))
        .hasMessageContaining("makes no sense")
        .hasMessageContaining("transfer 1");
    var first = remote.jobs().submit(Rig.copy(Map.of("a", rig.file("a", 9))), NONE);
    var second = remote.jobs().submit(Rig.copy(Map.of("b", rig.file("b", 8))), NONE);
    assertThat(Rig.get(remote.closed())).contains("transfer 1, which is not over");
    assertThat(Rig.refusal(first).code())
        .isIn(JobException.Code.INTERNAL, JobException.Code.UNAVAILABLE);
    assertThat(Rig.refusal(second).code())
        .isIn(JobException.Code.INTERNAL, JobException.Code.UNAVAILABLE);
  }
}
