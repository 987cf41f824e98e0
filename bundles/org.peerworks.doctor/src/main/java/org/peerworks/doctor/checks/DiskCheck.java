package org.peerworks.doctor.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;
import org.peerworks.doctor.checks.Reserves.Reserve;

/** The data directory: whether it can be written to, room on its disk; and file handles. */
final class DiskCheck implements Check {

  private static final long COMFORT = 20L << 30;
  private static final long HANDLES = 4096;
  private static final Pattern OPEN_FILES =
      Pattern.compile("(?m)^Max open files\\s+(\\S+)\\s+(\\S+)");

  private final Path home;
  private final Path data;
  private final Path limits;

  DiskCheck(Path home, Path data) {
    this(home, data, Path.of("/proc/self/limits"));
  }

  DiskCheck(Path home, Path data, Path limits) {
    this.home = home;
    this.data = data;
    this.limits = limits;
  }

  @Override
  public String name() {
    return "Disk";
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(20);
  }

  @Override
  public List<Finding> run() throws IOException {
    List<Finding> findings = new ArrayList<>();
    Path there = data;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null || !Files.isDirectory(there)) {
      findings.add(
          Finding.error(
              "'" + data + "' cannot be a directory", "Set PEERWORKS_DATA to another one."));
    } else {
      findings.add(writable(there));
      findings.add(room(Files.getFileStore(there).getUsableSpace(), Reserves.of(home, data)));
    }
    if (Files.isReadable(limits)) {
      findings.add(handles(Files.readString(limits)));
    }
    return findings;
  }

  private Finding writable(Path there) {
    String name =
        there.equals(data)
            ? "the data directory '" + data + "'"
            : "'" + there + "', where the data directory '" + data + "' would be";
    try {
      Files.delete(Files.createTempFile(there, ".doctor-", ".tmp"));
      return Finding.ok("Can write to " + name);
    } catch (IOException e) {
      return DataAccess.refused(name, there, e);
    }
  }

  /** What is refused with so little room is said with the key that says so. */
  static Finding room(long free, List<Reserve> reserves) {
    String found = "%.1f GB free".formatted(free / 1e9);
    List<Reserve> tooMuch = reserves.stream().filter(reserve -> free < reserve.bytes()).toList();
    if (!tooMuch.isEmpty()) {
      String refused =
          tooMuch.stream()
              .map(
                  reserve ->
                      "%s below %.1f GB ('%s' in '%s')"
                          .formatted(
                              reserve.refused(),
                              reserve.bytes() / 1e9,
                              reserve.key(),
                              reserve.file()))
              .collect(Collectors.joining("; "));
      return Finding.error(
          found + "; " + refused,
          "Delete old jobs or other files, move the data directory to a larger disk, or write less into these files.");
    }
    if (free < COMFORT) {
      return Finding.warning(
          found + "; packages and models may need more", "Make room on the disk before long jobs.");
    }
    return Finding.ok(found);
  }

  static Finding handles(String limits) {
    Matcher line = OPEN_FILES.matcher(limits);
    if (!line.find()) {
      return Finding.note("The limit of open files is not known", "");
    }
    String found = "%s open files at once (at most %s)".formatted(line.group(1), line.group(2));
    // A JVM raises its limit to the hard one by itself.
    boolean few = line.group(2).matches("[0-9]{1,18}") && Long.parseLong(line.group(2)) < HANDLES;
    return few
        ? Finding.warning(
            found, "Raise it: 'ulimit -Hn " + HANDLES + "', or LimitNOFILE= of the service.")
        : Finding.ok(found);
  }
}
