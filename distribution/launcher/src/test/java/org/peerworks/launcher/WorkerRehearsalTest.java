package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rehearsal beside a worker that is supervised. */
final class WorkerRehearsalTest {

  @Test
  void aRehearsalTellsTheServiceManagerOfTheWorkerNothing() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "NOTIFY_SOCKET", "/run/systemd/notify",
                "WATCHDOG_USEC", "120000000",
                "WATCHDOG_PID", "17",
                "PATH", "/usr/bin"));

    WorkerRehearsal.unsupervised(environment);

    assertThat(environment).containsOnlyKeys("PATH");
  }
}
