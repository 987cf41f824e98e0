package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Proof;
import org.peerworks.signaling.api.Role;
import org.peerworks.transport.api.Transport;

final class ConnectTest {

  @TempDir Path here;
  private MemoryLab lab;

  @BeforeEach
  void open() {
    lab = new MemoryLab(here);
  }

  @AfterEach
  void close() {
    assertThat(lab.open).isEmpty();
    lab.close();
  }

  @Test
  void aSessionStringLeadsToItsWorker() {
    lab.workers.add(MemoryLab.worker("worker-2", "gpu-2"));

    assertThat(lab.run("job", "list", "-s", MemoryLab.SESSION, "--server", "lab:9000")).isZero();

    assertThat(lab.connected).containsExactly("worker-1");
    assertThat(lab.joined.roomId()).contains("room-1");
    assertThat(lab.joined.token()).contains("token-1");
    assertThat(lab.joined.keep()).isFalse();
    assertThat(lab.joined.self().role()).isEqualTo(Role.CLIENT);
    assertThat(lab.joined.server().webSocket()).isEqualTo(URI.create("ws://lab:9000"));
  }

  @Test
  void theOnlyWorkerOfARoomIsTaken() {
    assertThat(inRoom()).isZero();

    assertThat(lab.connected).containsExactly("worker-1");
  }

  @Test
  void aSignInOpensRoomsAtItsOwnServerOnly() throws IOException {
    Files.createDirectories(here.resolve(".sleap-rtc"));
    Files.writeString(
        here.resolve(".sleap-rtc/credentials.json"),
        "{\"jwt\":\"a.b.c\",\"peerworks_server\":\"http://lab:8001/\"}");

    assertThat(lab.run("job", "list", "--room", "r", "--server", "lab:9000")).isZero();
    assertThat(lab.joined.proof()).isEqualTo(new Proof.Jwt("a.b.c"));
    lab.joined = null;

    assertThat(lab.run("job", "list", "--room", "r", "--server", "other:9000"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(lab.err()).contains("signed in at http://lab:8001");
    assertThat(lab.joined).isNull();
    assertThat(lab.run("job", "list", "-s", MemoryLab.SESSION, "--server", "other:9000")).isZero();
    assertThat(lab.joined.proof()).isEqualTo(Proof.ANONYMOUS);
  }

  @Test
  void aPersonChoosesAmongSeveralWorkers() {
    lab.workers.add(MemoryLab.worker("worker-2", "gpu-2"));
    lab.terminal = true;
    lab.answers = "what?\n9\n2\n";

    assertThat(inRoom()).isZero();

    assertThat(lab.out())
        .contains("  1  gpu-1 (available, CPU, worker-1)")
        .contains("  2  gpu-2 (available, CPU, worker-2)");
    assertThat(lab.connected).containsExactly("worker-2");
  }

  @Test
  void anEndOfInputIsNoChoice() {
    lab.workers.add(MemoryLab.worker("worker-2", "gpu-2"));
    lab.terminal = true;

    assertThat(inRoom()).isEqualTo(ExitStatus.USAGE);

    assertThat(lab.err())
        .contains("--worker-id")
        .contains("gpu-1 (available, CPU, worker-1); gpu-2 (available, CPU, worker-2)");
  }

  @Test
  void aScriptIsNeverAsked() {
    lab.workers.add(MemoryLab.worker("worker-2", "gpu-2"));
    lab.terminal = true;
    lab.answers = "2\n";

    assertThat(inRoom("--non-interactive")).isEqualTo(ExitStatus.USAGE);

    assertThat(lab.err()).contains("several workers").contains("--worker-id");
    assertThat(lab.connected).isEmpty();
  }

  @Test
  void aWorkerCanBeNamed() {
    lab.workers.add(MemoryLab.worker("worker-2", "gpu-2"));

    assertThat(inRoom("--worker-id", "worker-2")).isZero();

    assertThat(inRoom("--worker-id", "gpu-2")).isZero();

    assertThat(lab.connected).containsExactly("worker-2", "worker-2");
  }

  @Test
  void aNameThatSeveralWorkersHaveIsNoChoice() {
    lab.workers.add(MemoryLab.worker("worker-2", "gpu-1"));

    assertThat(inRoom("--worker-id", "gpu-1")).isEqualTo(ExitStatus.USAGE);

    assertThat(lab.err()).contains("Several workers are called 'gpu-1'").contains("worker-2)");
    assertThat(lab.connected).isEmpty();
  }

  @Test
  void aWorkerThatIsNotThereIsReported() {
    assertThat(inRoom("--worker-id", "worker-9")).isEqualTo(ExitStatus.NO_CONNECTION);
    assertThat(lab.err()).contains("'worker-9' is not in the room").contains("worker-1");

    lab.workers.clear();
    assertThat(inRoom()).isEqualTo(ExitStatus.NO_CONNECTION);
    assertThat(lab.err()).contains("no worker in this room");
  }

  @Test
  void aServerThatDoesNotAnswerIsReported() {
    lab.serverReachable = false;

    assertThat(inRoom()).isEqualTo(ExitStatus.NO_CONNECTION);

    assertThat(lab.err()).contains("No signalling server answers");
  }

  @Test
  void aDamagedSessionStringIsReportedWithoutRepeatingIt() {
    assertThat(lab.run("job", "list", "-s", "sleap-session:secret!")).isEqualTo(ExitStatus.USAGE);

    assertThat(lab.err()).contains("copy it whole").doesNotContain("secret");
    assertThat(lab.joined).isNull();
  }

  @Test
  void aWorkerOfAnotherKindIsReported() {
    lab.workers.set(0, new PeerInfo("worker-1", Role.WORKER, List.of(), Map.of()));

    assertThat(inRoom()).isEqualTo(ExitStatus.NO_CONNECTION);

    assertThat(lab.err()).contains("speaks no protocol that this program knows");
  }

  @Test
  void everyTransportsReasonIsGiven() {
    lab.workers.set(0, MemoryLab.worker("unreachable-1", "far"));

    assertThat(inRoom()).isEqualTo(ExitStatus.NO_CONNECTION);

    assertThat(lab.err()).contains("No connection to worker 'far'. lab: No route to it.");
  }

  @Test
  void whatIsMissingInThisProgramIsNamed() {
    lab.services.remove(Transport.class);
    assertThat(inRoom()).isEqualTo(ExitStatus.NO_CONNECTION);
    assertThat(lab.err()).contains("org.peerworks.transport.webrtc");

    lab.services.remove(Protocol.class);
    assertThat(inRoom()).isEqualTo(ExitStatus.NO_CONNECTION);
    assertThat(lab.err()).contains("org.peerworks.protocol.peerworks");
  }

  @Test
  void scriptsGetErrorsAsJson() {
    lab.workers.clear();

    assertThat(inRoom("--json")).isEqualTo(ExitStatus.NO_CONNECTION);

    assertThat(lab.out().strip())
        .startsWith("{\"event\":\"error\",\"message\":\"There is no worker")
        .endsWith("\"exit\":3}");
  }

  private int inRoom(String... more) {
    String[] words = new String[6 + more.length];
    System.arraycopy(
        new String[] {"job", "list", "--room", "room-1", "--token", "token-1"}, 0, words, 0, 6);
    System.arraycopy(more, 0, words, 6, more.length);
    return lab.run(words);
  }
}
