package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.itests.distribution.Lab;
import org.peerworks.itests.distribution.Running;

/**
 * A stand-in client searches a mount of our worker in which a directory takes its time, as on a
 * network file system: it hears what was found until then, and that there may be more.
 */
@Tag("interop")
class SlowMountIT {

  private static final int SLOW_MICROS = 6_000_000;

  @TempDir Path directory;
  private Stage stage;

  @AfterEach
  void close() throws Exception {
    stage.close();
  }

  @Test
  void aSearchThatTakesTooLongTellsWhatItHas() throws Exception {
    Lab lab = new Lab(directory);
    stage = new Stage(true, lab);
    Path slow = stage.mount().toRealPath().resolve("furniture/search/a/b");
    lab.configureWorker(
        "org.peerworks.files.resolver", "mounts = lab=" + stage.mount() + "\nsearchSeconds = 1\n");
    Running worker =
        lab.workerUnder(
            List.of(
                "strace",
                "-f",
                "-qq",
                "--seccomp-bpf",
                "-o",
                "/dev/null",
                "-P",
                slow.toString(),
                "-e",
                "trace=getdents64",
                "-e",
                "inject=getdents64:delay_enter=" + SLOW_MICROS));
    ObjectNode options = OldAndOurs.guest(stage, Session.of(Lab.session(worker)));
    options.put("task", "files").put("patience", 90).putArray("checks").add("late");

    StandIn client = stage.standIns().start("client", options);

    assertThat(client.outcome()).as("%s", client).isEqualTo("done");
    assertThat(slow).isDirectory();
    assertThat(Files.exists(stage.mount().resolve("furniture/search/Courtship.slp"))).isTrue();
  }
}
