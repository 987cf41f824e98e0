package org.peerworks.health.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.peerworks.health.api.Finding;

/** The data directory: whether it can be written to, and the room on its disk. */
final class DataChecks {

  private static final double GB = 1e9;

  private final Path data;
  private final long warnBelow;

  /**
   * @param warnBelow bytes
   */
  DataChecks(Path data, long warnBelow) {
    this.data = data;
    this.warnBelow = warnBelow;
  }

  List<Finding> writable() {
    Path probe = null;
    try {
      probe = Files.createTempFile(data, ".health-", ".tmp");
      try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[4096]));
        channel.force(true);
      }
      return List.of(Finding.ok("Can write to '" + data + "'"));
    } catch (IOException e) {
      return List.of(
          Finding.error(
              "Cannot write to '" + data + "': " + Failures.reason(e), Failures.mend(e, data)));
    } finally {
      delete(probe);
    }
  }

  private static void delete(Path probe) {
    try {
      if (probe != null) {
        Files.deleteIfExists(probe);
      }
    } catch (IOException e) {
      // Where it could be made it can be deleted, unless the disk goes away: the next check says
      // so.
      org.slf4j.LoggerFactory.getLogger(DataChecks.class).debug("Left '{}' behind", probe, e);
    }
  }

  List<Finding> room() throws IOException {
    return List.of(room(Files.getFileStore(data).getUsableSpace()));
  }

  Finding room(long free) {
    String found = "%.1f GB free on the disk of '%s'".formatted(free / GB, data);
    return free >= warnBelow
        ? Finding.ok(found)
        : Finding.warning(
            found + "; packages and models may need more",
            "Delete old jobs ('keepDays' in org.peerworks.job.engine.cfg says when that happens by"
                + " itself) or other files, or move the data directory to a larger disk.");
  }
}
