package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker leaves behind for faster starts, and that nothing depends on it. */
class SecondStartIT {

  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir Path directory;
  private Lab lab;

  @BeforeEach
  void unpack() throws Exception {
    lab = new Lab(directory);
    lab.signal();
  }

  @AfterEach
  void close() throws Exception {
    lab.close();
  }

  private Path framework() {
    return lab.workerData().resolve("framework");
  }

  private boolean mapsArchive(Running worker) throws IOException {
    return Files.readString(Path.of("/proc/" + worker.pid() + "/maps"))
        .contains(framework().resolve("classes.jsa").toString());
  }

  private static void stop(Running worker) throws Exception {
    worker.signal("TERM");
    assertThat(worker.exit()).as(worker.transcript()).isZero();
  }

  @Test
  void aWorkerMapsTheClassesThatAnEarlierOneLeftAndIgnoresTornOnes() throws Exception {
    Path archive = framework().resolve("classes.jsa");
    Path label = framework().resolve("classes.version");
    Running first = lab.workerUnder(List.of("env", "PEERWORKS_JAVA_OPTS="));
    String session = Lab.session(first);
    await().atMost(LONG).until(() -> Files.exists(label));
    assertThat(mapsArchive(first)).isFalse();
    stop(first);
    try (var left = Files.list(framework())) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("classes.jsa", "classes.version", "worker", "worker.lock");
    }

    Running second = lab.worker();
    assertThat(Lab.session(second)).isEqualTo(session);
    assertThat(mapsArchive(second)).isTrue();
    stop(second);

    try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
    Running third = lab.worker();
    assertThat(Lab.session(third)).isEqualTo(session);
    assertThat(mapsArchive(third)).isFalse();
    assertThat(archive).as("what is torn is thrown away").doesNotExist();
  }

  @Test
  void aRehearsalEndsWithAWorkerThatIsKilled() throws Exception {
    Running first = lab.workerUnder(List.of("env", "PEERWORKS_JAVA_OPTS="));
    String session = Lab.session(first);
    ProcessHandle worker = ProcessHandle.of(first.pid()).orElseThrow();
    await().atMost(LONG).until(() -> worker.descendants().findAny().isPresent());
    List<ProcessHandle> rehearsal = worker.descendants().toList();

    first.signal("KILL");

    Running second = lab.worker();
    assertThat(Lab.session(second)).isEqualTo(session);
    await().until(() -> rehearsal.stream().noneMatch(ProcessHandle::isAlive));
  }
}
