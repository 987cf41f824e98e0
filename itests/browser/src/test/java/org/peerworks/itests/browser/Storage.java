package org.peerworks.itests.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.peerworks.itests.distribution.Lab;

/** Mounts of a worker with folders and files, as a lab has them. */
final class Storage {

  static final int RUNS = 45;

  private final Path lab;
  private final Path archive;
  private final Path training;

  Storage(Path directory) throws IOException {
    lab = Files.createDirectories(directory.resolve("mnt/lab"));
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere/archive"));
    Files.createDirectories(directory.resolve("mnt"));
    archive = Files.createSymbolicLink(directory.resolve("mnt/archive"), elsewhere);
    training = Files.createDirectories(directory.resolve("mnt/training"));
    file(lab.resolve("projects/fly_courtship/fly.slp"), 125_300_000, "2026-11-19T16:20:00Z");
    file(
        lab.resolve("projects/fly_courtship/fly_session_2.slp"),
        98_100_000,
        "2026-11-20T09:02:00Z");
    file(lab.resolve("projects/fly_courtship/centroid.yaml"), 2_140, "2026-11-18T11:45:00Z");
    file(lab.resolve("projects/mouse_tracking/mouse.slp"), 41_900_000, "2026-10-02T08:30:00Z");
    Files.createDirectories(lab.resolve("projects/empty"));
    for (int run = 1; run <= RUNS; run++) {
      file(
          lab.resolve("runs/run_%02d.slp".formatted(run)),
          1_000_000L * (RUNS - run + 1),
          "2026-09-%02dT12:00:00Z".formatted(1 + run % 28));
    }
    file(lab.resolve("notes <b>&amp; plans.txt"), 512, "2026-01-15T10:00:00Z");
    file(lab.resolve("fly.slp"), 15_000_000, "2026-11-21T07:10:00Z");
    file(archive.resolve("2024/fly.slp"), 8_000_000, "2024-05-01T00:00:00Z");
  }

  Path lab() {
    return lab;
  }

  /** Where there is nothing at first. */
  Path training() {
    return training;
  }

  void mountAt(Lab worker) throws IOException {
    worker.configureWorker(
        "org.peerworks.files.resolver",
        "mounts = Lab data=%s, Archive=%s, Training=%s\n".formatted(lab, archive, training));
  }

  /** Takes no room on the disk. */
  private static void file(Path path, long size, String modified) throws IOException {
    Files.createDirectories(path.getParent());
    try (var channel =
        Files.newByteChannel(Files.createFile(path), java.nio.file.StandardOpenOption.WRITE)) {
      channel.position(size - 1).write(java.nio.ByteBuffer.allocate(1));
    }
    Files.setLastModifiedTime(path, FileTime.from(Instant.parse(modified)));
  }
}
