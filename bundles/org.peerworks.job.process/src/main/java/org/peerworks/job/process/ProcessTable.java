package org.peerworks.job.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What runs on this machine, as {@code proc(5)} tells it. A zombie does not run. */
final class ProcessTable {

  private final Path proc;

  ProcessTable(Path proc) {
    this.proc = proc;
  }

  /** Whether this very process runs, not another one that got its number. */
  boolean runs(Leader leader) throws IOException {
    Optional<ProcessStat> found = stat(Long.toString(leader.pid()));
    return found.isPresent()
        && found.get().runs()
        && found.get().startTicks() == leader.startTicks()
        && boot().equals(leader.boot());
  }

  /** The processes that run in a group which leads its own session. */
  List<Long> group(long group) throws IOException {
    List<Long> members = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path entry : all) {
        String pid = entry.getFileName().toString();
        stat(pid)
            .filter(stat -> stat.runs() && stat.group() == group && stat.session() == group)
            .ifPresent(stat -> members.add(Long.valueOf(pid)));
      }
    }
    return members;
  }

  /** Whether a process was started with a variable of this value. */
  boolean hasVariable(long pid, String name, String value) {
    try {
      String environment =
          Files.readString(
              proc.resolve(Long.toString(pid)).resolve("environ"), StandardCharsets.ISO_8859_1);
      byte[] wanted = (name + "=" + value).getBytes(StandardCharsets.UTF_8);
      return List.of(environment.split("\0"))
          .contains(new String(wanted, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return false; // has ended, or is somebody else's
    }
  }

  private String boot() throws IOException {
    return Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
  }

  private Optional<ProcessStat> stat(String pid) {
    try {
      return ProcessStat.parse(
          Files.readString(proc.resolve(pid).resolve("stat"), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty(); // has ended
    }
  }
}
