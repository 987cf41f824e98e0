package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.files.api.FilePage;
import org.peerworks.files.api.FilePages;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FileSource;

/** The command that shows a worker's files in a browser. */
final class BrowseTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String[] ROOM = {
    "browse", "--room", "room-1", "--token", "token-1", "--no-browser"
  };

  private final CompletableFuture<Integer> status = new CompletableFuture<>();
  private final List<Integer> ports = new CopyOnWriteArrayList<>();

  @TempDir Path here;
  private MemoryLab lab;
  private volatile FileSource shown;
  private volatile boolean closed;
  private Thread command;

  @BeforeEach
  void open() {
    lab = new MemoryLab(here);
    lab.files = Optional.of(files());
    lab.services.put(FilePages.class, (FilePages) this::show);
  }

  @AfterEach
  void close() throws InterruptedException {
    if (command != null) {
      command.interrupt();
      command.join();
    }
    lab.close();
  }

  @Test
  void aPageIsServedUntilTheCommandIsStopped() {
    start(ROOM);
    await().atMost(PATIENCE).until(() -> lab.out().contains("Stop with Ctrl-C"));
    assertThat(lab.out()).contains("Look at http://127.0.0.1:8765/?token=abc");
    assertThat(ports).containsExactly(8765);
    assertThat(shown.workerName()).isEqualTo("gpu-1");
    assertThat(shown.state().connected()).isTrue();
    assertThat(shown.files()).isSameAs(lab.files.get());
    assertThat(closed).isFalse();

    command.interrupt();

    assertThat(status.join()).isZero();
    assertThat(closed).isTrue();
    assertThat(lab.open).isEmpty();
  }

  @Test
  void scriptsGetTheAddressAsJson() {
    start("browse", "-s", MemoryLab.SESSION, "--no-browser", "--json", "--port", "9001");
    await().atMost(PATIENCE).until(() -> lab.out().contains("\"listening\""));
    assertThat(lab.out()).contains("\"address\":\"http://127.0.0.1:8765/?token=abc\"");
    assertThat(ports).containsExactly(9001);
  }

  @Test
  void aLostWorkerIsSoughtUntilItIsBack() {
    // Several workers, of which one was chosen: it is not another one that comes back.
    lab.workers.add(0, MemoryLab.worker("worker-2", "gpu-2"));
    start("browse", "-r", "room-1", "-t", "token-1", "--no-browser", "-w", "gpu-1");
    await().atMost(PATIENCE).until(() -> shown != null);
    List<String> told = new CopyOnWriteArrayList<>();
    shown.onChange(() -> told.add(shown.state().trouble()));
    lab.serverReachable = false;
    CompletableFuture<String> old = lab.lost;
    FileResolver again = files();
    lab.files = Optional.of(again);
    lab.lost = new CompletableFuture<>();

    old.complete("It was cut off.");

    await().atMost(PATIENCE).until(() -> told.size() >= 2);
    assertThat(shown.state().connected()).isFalse();
    assertThat(told.get(0)).contains("'gpu-1' was lost: It was cut off.");
    assertThat(told.get(1)).contains("No signalling server answers");
    assertThat(lab.out()).contains("Trying to reach it again.");

    lab.serverReachable = true;
    await().atMost(PATIENCE).until(() -> shown.state().connected());
    assertThat(shown.files()).isSameAs(again);
    assertThat(lab.connected).containsExactly("worker-1", "worker-1");
    await().atMost(PATIENCE).until(() -> lab.out().contains("Connected to worker 'gpu-1' again."));
  }

  @Test
  void aSilentWorkerIsSoughtOverANewConnection() {
    start(ROOM);
    await().atMost(PATIENCE).until(() -> shown != null);
    FileResolver again = files();
    lab.files = Optional.of(again);

    shown.doubt();

    await().atMost(PATIENCE).until(() -> shown.files() == again);
    assertThat(lab.out()).contains("it does not answer");
    assertThat(lab.open).containsExactly("room", "peer", "worker");
  }

  @Test
  void aWorkerWithoutCallsOnFilesIsNamed() {
    lab.files = Optional.empty();
    assertThat(lab.run(ROOM)).isEqualTo(ExitStatus.NO_CONNECTION);
    assertThat(lab.err()).contains("'gpu-1' does not let clients look");
    assertThat(lab.open).isEmpty();
  }

  @Test
  void aPortThatCannotBeHadEndsTheCommandAndTheConnection() {
    lab.services.put(
        FilePages.class,
        (FilePages)
            (source, port) -> {
              throw new IOException("No free port.");
            });
    assertThat(lab.run(ROOM)).isEqualTo(ExitStatus.FAILED);
    assertThat(lab.err()).contains("No free port.");
    assertThat(lab.open).isEmpty();
  }

  @Test
  void aMissingBundleIsNamed() {
    lab.services.remove(FilePages.class);
    assertThat(lab.run(ROOM)).isEqualTo(ExitStatus.FAILED);
    assertThat(lab.err()).contains("org.peerworks.files.browser");
    assertThat(lab.open).isEmpty();
  }

  private void start(String... words) {
    command = new Thread(() -> status.complete(lab.run(words)), "command");
    command.start();
  }

  private FilePage show(FileSource source, int port) {
    ports.add(port);
    shown = source;
    return new FilePage() {
      @Override
      public URI address() {
        return URI.create("http://127.0.0.1:8765/?token=abc");
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }

  private static FileResolver files() {
    return (FileResolver)
        Proxy.newProxyInstance(
            BrowseTest.class.getClassLoader(),
            new Class<?>[] {FileResolver.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> "files";
                });
  }
}
