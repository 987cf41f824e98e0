package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.peerworks.protocol.peerworks.Rig.get;
import static org.peerworks.protocol.peerworks.Rig.refusal;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.wire.Json;

class HostileWorkerTest {

  @TempDir Path directory;
  private Rig rig;
  private MemoryChannel[] ends;
  private RemoteWorker worker;

  @BeforeEach
  void connect() {
    rig = new Rig(directory);
    ends = rig.channel();
    worker = rig.connect(ends);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Job job() throws IOException {
    return get(
        worker
            .jobs()
            .submit(Rig.copy(Map.of("out", rig.file("out", 300_000))), TransferListener.NONE));
  }

  @Test
  void aWorkerThatCannotProveItsKeyIsRefused() {
    for (String field : List.of("nonce", "key", "proof")) {
      MemoryChannel[] other = MemoryChannel.pair(64 << 10);
      other[1].rewrite(
          text -> {
            int at = text.indexOf("\"" + field + "\":\"");
            char old = at < 0 ? 0 : text.charAt(at + field.length() + 4);
            return at < 0
                ? text
                : text.substring(0, at + field.length() + 4)
                    + (old == 'A' ? 'B' : 'A')
                    + text.substring(at + field.length() + 5);
          });
      rig.worker.serve(MemoryPeer.client(other[1]), other[1]);
      assertThatThrownBy(() -> rig.connect(other)).hasMessageContaining("did not prove");
    }
  }

  @Test
  void aVersionThatWasNotOfferedIsRefused() {
    MemoryChannel[] other = MemoryChannel.pair(64 << 10);
    other[1].rewrite(text -> text.replace("\"version\":1", "\"version\":2"));
    rig.worker.serve(MemoryPeer.client(other[1]), other[1]);
    assertThatThrownBy(() -> rig.connect(other)).hasMessageContaining("version 2");
  }

  @Test
  void namesOfOutputsAreConfined() throws IOException {
    job();
    ends[1].rewrite(text -> text.replace("\"name\":\"out\"", "\"name\":\"../../out\""));
    JobException refusal = refusal(worker.jobs().list(JobQuery.newest(5)));
    assertThat(refusal.code()).isEqualTo(JobException.Code.INTERNAL);
    assertThat(refusal).hasMessageContaining("makes no sense");
  }

  @Test
  void textFromTheWorkerCannotSteerATerminal() {
    assertThat(refusal(worker.jobs().get("\u001b[2Jx"))).hasMessage("No job '\uFFFD[2Jx'.");
  }

  @Test
  void moreEventsThanAskedForEndTheConnection() {
    CompletableFuture<Void> never = new CompletableFuture<>();
    worker.jobs().watch("", -1, event -> never);
    get(worker.jobs().types());
    for (int i = 1; i < 80; i++) {
      ends[1].send(
          "{\"type\":\"event\",\"id\":1,\"event\":{\"number\":1,\"jobId\":\"a\",\"time\":\"2026-11-21T10:00:00Z\",\"kind\":\"queue\",\"position\":1}}");
    }
    assertThat(get(worker.closed())).contains("credit");
  }

  @Test
  void anEventOfAnUnknownKindIsSkipped() {
    CompletableFuture<Long> seen = new CompletableFuture<>();
    worker
        .jobs()
        .watch(
            "",
            0,
            event -> {
              seen.complete(event.number());
              return CompletableFuture.completedFuture(null);
            });
    get(worker.jobs().types());
    for (int i = 1; i < 200; i++) {
      ends[1].send(
          "{\"type\":\"event\",\"id\":1,\"event\":{\"number\":1,\"jobId\":\"a\",\"time\":\"2026-11-21T10:00:00Z\",\"kind\":\"later\"}}");
      get(worker.jobs().types());
    }
    rig.jobs.moves("job-1", 1);
    assertThat(get(seen)).isEqualTo(1);
  }

  @Test
  void brokenMessagesEndTheConnectionAndFailWhatIsOpen() throws IOException {
    List<String> messages =
        List.of(
            "garbage",
            "{\"type\":\"reply\",\"id\":9999,\"result\":{}}",
            "{\"type\":\"welcome\"}",
            "{\"type\":\"ack\",\"transfer\":0,\"offset\":0,\"grant\":0}",
            "{\"type\":\"log\",\"id\":0}",
            "=",
            "{\"type\":\"bye\",\"reason\":\"maintenance\"}");
    for (String message : messages) {
      MemoryChannel[] other = rig.channel();
      RemoteWorker second = rig.connect(other);

      other[1].send(message);
      assertThat(get(second.closed())).isNotBlank();
      assertThat(refusal(second.jobs().types()).code()).isEqualTo(JobException.Code.UNAVAILABLE);
    }
  }

  @Test
  void bytesThatWereNotAskedForEndTheConnection() throws IOException {
    Job job = job();
    for (long offset : new long[] {7, 300_000, 1L << 40}) {
      MemoryChannel[] other = rig.channel();
      RemoteWorker second = rig.connect(other);
      other[1].rewriteFrames(frame -> frame.putLong(8, offset));
      ReadableByteChannel output = get(second.jobs().openOutput(job.id(), "out", 0));
      assertThatThrownBy(() -> Channels.newInputStream(output).readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("asked for");
    }
  }

  @Test
  void anEndThatComesTooEarlyWakesTheReader() {
    RawWorker raw =
        new RawWorker(
            Identity.create(),
            Map.of(
                "openOutput",
                (worker, id) ->
                    worker.reply(
                        id,
                        result ->
                            result.put("transfer", 1).put("size", 5).put("sha256", "a".repeat(64))),
                "types",
                (worker, id) -> worker.send(Json.message("finished").put("transfer", 1))));
    RemoteWorker second =
        get(rig.client.connect(MemoryPeer.worker(raw.channel).in("raw"), raw.channel));
    ReadableByteChannel output = get(second.jobs().openOutput("job", "out", 0));
    assertThat(refusal(second.jobs().types()).code()).isEqualTo(JobException.Code.UNAVAILABLE);
    assertThatThrownBy(() -> Channels.newInputStream(output).readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended at byte 0 of 5");
  }

  @Test
  void aReplyThatIsNoneFailsItsCall() {
    for (String reply :
        List.of(
            "{\"type\":\"reply\",\"id\":1}",
            "{\"type\":\"reply\",\"id\":1,\"result\":7}",
            "{\"type\":\"reply\",\"id\":1,\"error\":7}",
            "{\"type\":\"reply\",\"id\":1,\"error\":{}}")) {
      RawWorker raw =
          new RawWorker(Identity.create(), Map.of("types", (worker, id) -> worker.sendRaw(reply)));
      RemoteWorker second =
          get(
              rig.client.connect(
                  MemoryPeer.worker(raw.channel).in("raw" + reply.length() + reply.hashCode()),
                  raw.channel));
      assertThat(refusal(second.jobs().types())).as(reply).hasMessageContaining("makes no sense");
    }
  }
}
