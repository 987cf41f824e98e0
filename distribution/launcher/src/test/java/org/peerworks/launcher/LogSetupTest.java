package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the log of the whole process up, so it runs alone. */
@Isolated
class LogSetupTest {

  private static final int MIB = 1 << 20;

  @TempDir private Path directory;

  @AfterEach
  void reset() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
  }

  @Test
  void fullFilesAreRolledAtOnceAndOnlySoManyAreKept() throws Exception {
    Path file = directory.resolve("worker.log");
    LogSetup.configure(file, new LogLimits(1, 2), Level.OFF);
    Logger log = LoggerFactory.getLogger("test");
    String words = "x".repeat(10_000);
    for (int i = 0; i < 500; i++) { // 5 MB, in much less than a minute
      log.info("{} {}", i, words);
    }
    reset();

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(f -> f.getFileName().toString()).sorted())
          .containsExactly("worker.log", "worker.log.1", "worker.log.2");
    }
    assertThat(Files.size(directory.resolve("worker.log.1"))).isBetween((long) MIB, MIB + 20_000L);
    assertThat(Files.readString(file)).contains(" 499 xxx");
    assertThat(Files.readString(directory.resolve("worker.log.2"))).doesNotContain(" - 0 xxx");
  }

  @Test
  void theAdministratorsFileCountsOverTheInstallations() throws Exception {
    Path home = Files.createDirectory(directory.resolve("home"));
    Path data = Files.createDirectory(directory.resolve("data"));
    Path none = directory.resolve("none");
    Files.writeString(
        home.resolve("org.peerworks.launcher.cfg"), "logFiles = 3\nlogMegabytes = 7\n");
    Files.writeString(data.resolve("org.peerworks.launcher.cfg"), "logFiles = 20\n");

    assertThat(LogLimits.read(List.of(home, data))).isEqualTo(new LogLimits(7, 20));
    assertThat(LogLimits.read(List.of(none))).isEqualTo(LogLimits.DEFAULT);
  }

  @Test
  void whatIsWrongIsRefusedWithAllThatIsAndCountsAsTheDefaultUntilThen() throws Exception {
    Path bundles = Files.createDirectory(directory.resolve("bundles"));
    Files.writeString(
        directory.resolve("org.peerworks.launcher.cfg"), "logFiles = 21\nlogMegabytes = many\n");

    assertThat(LogLimits.read(List.of(directory))).isEqualTo(LogLimits.DEFAULT);
    assertThat(
            ConfigCheck.problems(Settings.in(bundles), directory, ConfigFiles.read(directory))
                .wrong())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("'logFiles' is '21'", "from 1 to 20"))
        .anySatisfy(line -> assertThat(line).contains("'logMegabytes' is 'many'"));
  }
}
