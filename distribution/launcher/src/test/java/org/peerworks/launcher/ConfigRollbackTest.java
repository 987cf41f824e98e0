package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigRollbackTest {

  @TempDir Path data;
  private Path snapshots;

  @BeforeEach
  void halfAWayBack() throws IOException {
    snapshots = Files.createDirectories(data.resolve("snapshots/config"));
    Path snapshot = Files.createDirectories(snapshots.resolve("20261121-101500-123"));
    Files.writeString(snapshot.resolve("a.cfg"), "x = old\n");
    Files.createDirectories(data.resolve("config/org.peerworks.shell"));
    Files.writeString(data.resolve("config/a.cfg"), "x = new\n");
    Files.writeString(data.resolve("config/b.cfg"), "y = new\n");
    Files.writeString(data.resolve("config/org.peerworks.shell/job.rules"), "list = viewer\n");
  }

  @Test
  void anInterruptedWayBackIsEnded() throws Exception {
    Files.writeString(snapshots.resolve("rolling-back"), "20261121-101500-123");

    ConfigRollback.finish(data);

    assertThat(data.resolve("config/a.cfg")).hasContent("x = old\n");
    assertThat(data.resolve("config/b.cfg")).doesNotExist();
    assertThat(data.resolve("config/org.peerworks.shell/job.rules")).exists();
    assertThat(snapshots.resolve("rolling-back")).doesNotExist();
  }

  @Test
  void nothingChangesWithoutOne() throws Exception {
    ConfigRollback.finish(data);
    assertThat(data.resolve("config/a.cfg")).hasContent("x = new\n");
  }

  @Test
  void oneThatCannotBeEndedStopsTheStart() throws Exception {
    for (String id : new String[] {"20200101-000000-000", "../../keys", ""}) {
      Files.writeString(snapshots.resolve("rolling-back"), id);
      assertThatThrownBy(() -> ConfigRollback.finish(data))
          .isInstanceOf(LaunchException.class)
          .hasMessageContaining("rolling-back");
    }
    assertThat(data.resolve("config/b.cfg")).exists();
  }
}
