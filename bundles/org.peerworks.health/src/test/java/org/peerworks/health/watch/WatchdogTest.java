package org.peerworks.health.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.peerworks.health.Config;
import org.peerworks.health.TestConfig;
import org.peerworks.health.api.Vitals;
import org.peerworks.health.ready.ReadyLevels;

/** With the real threads, and a program in place of systemd-notify that keeps what it is told. */
class WatchdogTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path temp;
  private Framework framework;
  private ReadyLevels levels;
  private Watchdog watchdog;

  @BeforeEach
  void start() throws Exception {
    framework = TestConfig.framework(temp);
    levels = new ReadyLevels(framework.getBundleContext());
    Path program = temp.resolve("systemd-notify");
    Files.writeString(program, "#!/bin/sh\nprintf '%s|' \"$@\" >> '" + temp + "/told'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  @AfterEach
  void stop() throws Exception {
    if (watchdog != null) {
      watchdog.stop();
    }
    framework.stop();
    framework.waitForStop(60_000);
  }

  private Watchdog watchdog(Config config) {
    watchdog =
        new Watchdog(
            levels,
            config,
            new SilenceFile(temp),
            ServiceManager.of(
                Map.of("NOTIFY_SOCKET", "/x", "PATH", temp.toString(), "WATCHDOG_USEC", "300000"),
                1));
    return watchdog;
  }

  private void add(Vitals vitals) {
    BundleContext context = framework.getBundleContext();
    ServiceReference<Vitals> reference =
        context.registerService(Vitals.class, vitals, null).getReference();
    watchdog.addVitals(reference, vitals);
  }

  private String told() throws IOException {
    Path told = temp.resolve("told");
    return Files.exists(told) ? Files.readString(told) : "";
  }

  private long watchdogs() throws IOException {
    return told().split("WATCHDOG=1", -1).length - 1L;
  }

  @Test
  void theServiceManagerIsToldWhenAllRequiredLevelsAreReached() throws Exception {
    Watchdog one = watchdog(new TestConfig(-1, 60, new String[] {"framework"}, 0));
    one.tick();

    assertThat(told())
        .contains("READY=1|MAINPID=" + ProcessHandle.current().pid() + "|STATUS=store waits for");
    one.tick();
    assertThat(told().split("READY=1", -1)).as("told once").hasSize(2);
  }

  @Test
  void untilThenItIsToldWhatIsMissing() throws Exception {
    Watchdog one = watchdog(TestConfig.watching(60));
    one.tick();

    assertThat(told()).contains("STATUS=store waits for the job engine").doesNotContain("READY=1");
  }

  @Test
  void signsOfLifeAreToldOnlyWhileAllPartsGiveThem() throws Exception {
    CompletableFuture<Void> writer = new CompletableFuture<>();
    watchdog(TestConfig.watching(1));
    add(() -> Map.of("store writer", writer));
    watchdog.start();

    SilenceFile file = watchdog.file();
    Awaitility.await().atMost(LONG).until(() -> !watchdog.silent().isEmpty());
    Awaitility.await().atMost(LONG).until(() -> file.summary().isPresent());
    assertThat(file.summary().orElseThrow()).contains("'store writer' for ");
    assertThat(Files.readString(file.path())).contains("'health-watch'", "  at ");
    long then = watchdogs();
    assertThat(then).as("before it was silent").isPositive();
    watchdog.tick();
    watchdog.tick();
    assertThat(watchdogs()).isEqualTo(then);

    writer.complete(null);
    Awaitility.await().atMost(LONG).until(() -> watchdogs() > then);
    assertThat(watchdog.silent()).isEmpty();
  }

  @Test
  void theEndIsToldAndLeavesNoThread() throws Exception {
    watchdog(TestConfig.watching(60)).start();
    Awaitility.await().atMost(LONG).until(() -> watchdogs() > 0);
    watchdog.stop();
    watchdog = null;

    assertThat(told()).endsWith("STOPPING=1|");
    Awaitility.await()
        .atMost(LONG)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().matches("health-(watch|ask)")));
  }

  @Test
  void aLevelThatThereIsNotIsNamedWithThoseThatThereAre() {
    assertThatThrownBy(() -> watchdog(new TestConfig(-1, 60, new String[] {"job"}, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[job]")
        .hasMessageContaining("[framework, store, jobs, room]");
  }
}
