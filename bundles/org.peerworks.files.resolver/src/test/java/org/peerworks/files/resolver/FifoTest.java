package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;

/** FIFOs, which keep who opens them until somebody writes. */
final class FifoTest {

  @TempDir Path top;

  private TestFiles files;
  private Path file;
  private Path fifo;

  @BeforeEach
  void start() throws Exception {
    TestFiles.Settings settings = new TestFiles.Settings();
    settings.answerSeconds = 1;
    files = new TestFiles(top, settings);
    file = TestFiles.file(files.lab.resolve("fly.slp"), "x");
    fifo = files.lab.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
  }

  @AfterEach
  void stop() {
    files.close();
  }

  private Opener opener() {
    return files.table.mounts().mounts().get(0).lane().opener();
  }

  @Test
  void oneThatIsSwappedInKeepsNobodyFromTheMount() throws IOException {
    Path aside = file.resolveSibling("aside");
    for (int i = 0; i < 2 * Lane.THREADS_OF_EACH; i++) {
      CompletableFuture<Void> over = new CompletableFuture<>();
      CompletableFuture<FileChannel> opened =
          new Places(files.table::mounts)
              .visit(
                  file.toString(),
                  spot -> {
                    Files.move(file, aside);
                    Files.move(fifo, file);
                    try {
                      return spot.file();
                    } finally {
                      over.complete(null);
                    }
                  });
      assertThatThrownBy(() -> TestFiles.get(opened))
          .isInstanceOfSatisfying(
              FileAccessException.class, e -> assertThat(e.code()).isEqualTo(Code.UNAVAILABLE));
      TestFiles.get(over);
      Files.move(file, fifo);
      Files.move(aside, file);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(opener().open()).as("threads that it keeps").isZero());
    Files.delete(fifo);
    assertThat(TestFiles.get(files.resolver.list(files.lab.toString(), 0, 20)).entries())
        .extracting("name")
        .containsExactly("fly.slp");
    files.mounts.open(file.toString()).close();
  }

  @Test
  void oneThatSomebodyWritesToIsNoFile() throws Exception {
    try (Opener opener = new Opener("lab", Duration.ofSeconds(60));
        SecureDirectoryStream<Path> directory = Spot.open(files.lab);
        FileChannel both =
            FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      assertThatThrownBy(() -> opener.open(directory, Path.of("fifo"), fifo))
          .isInstanceOfSatisfying(
              FileAccessException.class, e -> assertThat(e.code()).isEqualTo(Code.ACCESS_DENIED));
      assertThat(both.isOpen()).isTrue();
    }
  }
}
