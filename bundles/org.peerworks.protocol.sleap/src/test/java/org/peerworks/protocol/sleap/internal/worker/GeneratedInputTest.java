package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.protocol.sleap.internal.auth.Authentication;
import org.peerworks.protocol.sleap.internal.wire.AuthMessage;
import org.peerworks.protocol.sleap.internal.wire.ClientMessages;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessages;

/**
 * Whatever a client sends: the worker goes on, for others too, and nothing lies where it must not.
 */
final class GeneratedInputTest {

  private static final List<String> PIECES =
      List.of(
          "FILE_META::",
          "END_OF_FILE",
          "PACKAGE_TYPE::",
          "OUTPUT_DIR::",
          "ZMQ_CTRL::",
          "JOB_ID::",
          "INPUT_FILE::",
          "SHARED_INPUT_PATH::",
          "SHARED_STORAGE_JOB::start",
          "JOB_SUBMIT::",
          "JOB_STOP",
          "JOB_CANCEL",
          "CONTROL_COMMAND::",
          "FS_GET_INFO",
          "FS_LIST_DIR::",
          "FS_RESOLVE::",
          "USE_WORKER_PATH::",
          "FS_SCAN_DIR::",
          "FS_WRITE_SLP::",
          "FS_RESOLVE_WITH_PREFIX::",
          "FS_APPLY_PREFIX::",
          "FILE_UPLOAD_CHECK::",
          "FILE_UPLOAD_START::",
          "FILE_UPLOAD_END",
          "AUTH_RESPONSE::",
          "train",
          "track",
          "a.zip:3:false",
          "../../a.zip:3:True",
          "a::3::MOUNT::0",
          "../a::3::MOUNT::0",
          "a::3::/etc::1",
          "{}",
          "{\"command\":\"stop\"}",
          "{\"command\":\"cancel\"}",
          "1::{\"type\":\"track\",\"data_path\":\"labels.slp\",\"model_paths\":[\".\"]}",
          "2::{\"type\":\"train\",\"config_content\":\"a: 1\"}",
          "{\"type\":\"train\",\"config_contents\":[[[[]]]]}",
          "{\"directory\":\"MOUNT\",\"filenames\":[\"../x\"]}",
          "{\"slp_path\":\"/etc/passwd\",\"filename_map\":{\"a\":\"b\"}}",
          "labels.slp",
          "MOUNT",
          "::",
          ":",
          "0",
          "-1",
          "99999999999999999999",
          "\u0000",
          "\ud800",
          "😀",
          "\r\n",
          "../../../etc/passwd",
          "0000000000000000000000000000000000000000000000000000000000000000",
          "*",
          "{\"a\":".repeat(50));

  @TempDir private Path directory;

  @Test
  void hostileInputHurtsNobody() throws IOException {
    run(600, 4711);
  }

  @Test
  @Tag("long")
  void muchHostileInputHurtsNobody() throws IOException {
    run(10_000, System.nanoTime());
  }

  private void run(int cases, long seed) throws IOException {
    System.out.printf("%,d inputs of clients of sleap-rtc, seed %d%n", cases, seed);
    Random random = new Random(seed);
    Path mount = Files.createDirectories(directory.resolve("outer/mount")).toRealPath();
    Files.writeString(mount.resolve("labels.slp"), "labels");
    try (Worker worker =
        new Worker(directory.resolve("outer/data"), Worker.LIMITS, Authentication.NONE)
            .withMounts(mount)) {
      worker.resolver.set(new TestResolver());
      TestClient client = worker.connect();
      for (int i = 0; i < cases; i++) {
        if (client.isClosed() || random.nextInt(20) == 0) {
          client.leave();
          client = worker.connect();
        }
        attack(client, random, mount);
        worker.jobs.all.forEach(job -> job.end(org.peerworks.job.api.JobState.FAILED, "x", "{}"));
      }
      client.leave();

      worker.connect().say("FS_GET_INFO").await("FS_INFO_RESPONSE");
      worker.awaitNothingStaged();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("Seed " + seed, e);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile))
          .as("seed %d", seed)
          .allMatch(
              file ->
                  file.startsWith(directory.resolve("outer/mount"))
                      || file.startsWith(directory.resolve("outer/data/sleap")));
    }
    assertThat(mount.resolve("labels.slp")).hasContent("labels");
  }

  private static void attack(TestClient client, Random random, Path mount) {
    if (random.nextInt(5) == 0) {
      byte[] bytes = new byte[random.nextInt(6)];
      random.nextBytes(bytes);
      client.bytes(random.nextInt(4) == 0 ? "KEEP_ALIVE".getBytes(StandardCharsets.UTF_8) : bytes);
      return;
    }
    client.say(text(random).replace("MOUNT", mount.toString()));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(5);
    for (int i = 0; i <= pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    if (random.nextInt(10) == 0) {
      text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x10000));
    }
    return text.toString();
  }

  @Test
  void readersSayWhatIsWrongAndNothingElse() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String text = text(random);
      try {
        ClientMessages.read(text).ifPresent(message -> assertThat(message.text()).isNotNull());
      } catch (WireException e) {
        assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(500);
      }
      try {
        assertThat(WorkerMessages.read(text)).isNotInstanceOf(AuthMessage.class);
      } catch (WireException e) {
        assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(500);
      }
    }
  }
}
