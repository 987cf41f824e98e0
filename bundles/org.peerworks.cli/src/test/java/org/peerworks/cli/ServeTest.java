package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.command.Invocation.Signal;
import org.peerworks.cli.command.Invocation.Worker;
import org.peerworks.cli.command.Server;
import org.peerworks.cli.connect.Services;
import org.peerworks.cli.serve.SignalCommand;
import org.peerworks.cli.serve.WorkerCommand;
import org.peerworks.cli.terminal.Console;
import org.peerworks.job.api.JobAccess;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;

final class ServeTest {

  private static final Server A =
      new Server(java.net.URI.create("ws://a:1"), java.net.URI.create("http://a:2"));
  private static final Duration SOON = Duration.ofMillis(20);

  @TempDir Path here;
  private MemoryLab lab;
  private volatile Object service;
  private volatile JobAccess engine = caller -> null;
  private volatile String problem = "";
  private final List<Thread> started = new ArrayList<>();

  @BeforeEach
  void open() {
    lab = new MemoryLab(here);
  }

  @AfterEach
  void close() {
    started.forEach(Thread::interrupt);
    lab.close();
  }

  @Test
  void aWorkerSaysHowToReachIt() {
    service = lab.new LabRoom();
    CompletableFuture<Integer> status = worker(false);

    await().until(() -> lab.out().contains("Stop with Ctrl-C"));
    assertThat(lab.err()).isEmpty();
    assertThat(lab.out())
        .contains("Session string: " + MemoryLab.SESSION)
        .contains("Room: room-1")
        .contains("Token: token-1");

    started.get(0).interrupt();
    await().until(status::isDone);
    assertThat(status).isCompletedWithValue(0);
  }

  @Test
  void scriptsGetTheSessionAsJson() {
    service = lab.new LabRoom();
    worker(true);

    await().until(() -> lab.out().contains("\n"));
    assertThat(lab.out())
        .startsWith("{\"event\":\"session\",\"session\":\"" + MemoryLab.SESSION + "\"")
        .contains("\"room\":\"room-1\",\"token\":\"token-1\",\"worker\":\"worker-1\"");
  }

  @Test
  void aWorkerIsReadyOnlyWhenNothingIsMissing() {
    service = lab.new LabRoom();
    engine = null;
    problem = "cannot accept peers over 'webrtc': Install the Debian package 'libpulse0'.";
    worker(false);

    await().until(() -> lab.err().contains("Not ready"));
    assertThat(lab.err())
        .contains("Not ready: the job engine has not started; cannot accept peers over 'webrtc':")
        .contains("'libpulse0'. The messages above and 'logs/worker.log' in the data directory");
    assertThat(lab.out()).contains("Session string").doesNotContain("Ready");

    problem = "";
    await().until(() -> lab.err().contains("Not ready: the job engine has not started. The"));
    engine = caller -> null;
    await().until(() -> lab.out().contains("Ready for jobs. Stop with Ctrl-C."));
  }

  @Test
  void scriptsLearnWhetherAWorkerIsReady() {
    service = lab.new LabRoom();
    engine = null;
    worker(true);

    await()
        .until(
            () ->
                lab.out()
                    .contains("\"ready\":false,\"missing\":[\"the job engine has not started\"]}"));
    engine = caller -> null;
    await()
        .until(() -> lab.out().contains("{\"event\":\"readiness\",\"ready\":true,\"missing\":[]}"));
  }

  @Test
  void aServerThatIsNotThereIsReportedOnceAndWaitedFor() {
    worker(false);
    await().until(() -> lab.err().contains("Cannot reach the signalling server yet"));

    service = lab.new LabRoom();

    await().until(() -> lab.out().contains("Session string"));
    assertThat(lab.err().lines()).hasSize(1);
  }

  @Test
  void aServerThatIsLostAndFoundIsReported() {
    service = lab.new LabRoom();
    worker(false);
    await().until(() -> lab.out().contains("Session string"));

    lab.room = false;
    await().until(() -> lab.err().contains("Lost the signalling server"));
    lab.room = true;
    await().until(() -> lab.out().contains("Back in the room"));
    assertThat(lab.err().lines()).hasSize(1);
  }

  @Test
  void aSignallingServerSaysWhereItListens() {
    service = new ServerAddress(URI.create("ws://a:1"), URI.create("http://a:2"));
    CompletableFuture<Integer> status = signal();

    await().until(() -> lab.out().contains("Stop with"));
    assertThat(lab.out()).contains("ws://a:1").contains("http://a:2");
    started.get(0).interrupt();
    await().until(status::isDone);
    assertThat(status).isCompletedWithValue(0);
  }

  @Test
  void aSignallingServerThatDoesNotStartIsReported() {
    CompletableFuture<Integer> status = signal();

    await().until(status::isDone);
    assertThat(status)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .havingRootCause()
        .withMessageContaining("cannot listen at ws://a:1 and http://a:2");
  }

  @Test
  void aWorkerWhoseOwnSignallingServerDoesNotStartEnds() {
    WorkerCommand command = new WorkerCommand(new LateServices(), console(false), SOON, SOON);

    assertThatThrownBy(() -> command.run(new Worker(Optional.of(A), true, false, false)))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("cannot listen at ws://a:1");
  }

  private CompletableFuture<Integer> worker(boolean json) {
    WorkerCommand command = new WorkerCommand(new LateServices(), console(json), SOON, SOON);
    Worker worker = new Worker(Optional.empty(), false, false, json);
    return start(
        () -> {
          try {
            return command.run(worker);
          } catch (InterruptedException e) {
            return -1;
          }
        });
  }

  private CompletableFuture<Integer> signal() {
    return start(
        () ->
            new SignalCommand(new LateServices(), console(false), SOON)
                .run(new Signal(Optional.of(A), false)));
  }

  private CompletableFuture<Integer> start(IntSupplier command) {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                status.complete(command.getAsInt());
              } catch (CommandFailure e) {
                status.completeExceptionally(e);
              }
            },
            "command");
    started.add(thread);
    thread.start();
    return status;
  }

  private Console console(boolean json) {
    return Console.on(
        new PrintStream(lab.out, true, StandardCharsets.UTF_8),
        new PrintStream(lab.err, true, StandardCharsets.UTF_8),
        new ByteArrayInputStream(new byte[0]),
        json,
        false,
        80);
  }

  /** An engine, and one service of whatever other type was asked for, that may come later. */
  private final class LateServices implements Services {
    @Override
    public <T> Optional<T> await(Class<T> type, String filter, Duration atMost)
        throws InterruptedException {
      assertThat(filter).isEqualTo(type == Room.class ? "(room.role=worker)" : "");
      long end = System.nanoTime() + atMost.toNanos();
      while (get(type) == null && System.nanoTime() < end) {
        synchronized (this) {
          wait(5);
        }
      }
      return Optional.ofNullable(get(type)).map(type::cast);
    }

    private Object get(Class<?> type) {
      return type == JobAccess.class ? engine : service;
    }

    @Override
    public <T> List<Named<T>> all(Class<T> type, String nameProperty) {
      assertThat(type).isEqualTo(Room.class);
      assertThat(nameProperty).isEqualTo("room.problem");
      return List.of(new Named<>(problem, type.cast(service)));
    }
  }
}
