package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one of our processes holds at a moment.
 *
 * @param heap bytes of objects that are in use
 * @param files of it that are there for a time only
 */
record Vitals(int handles, int threads, long heap, List<Path> files) {

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
  private static final int MORE_HANDLES = 10;
  private static final int MORE_THREADS = 10;
  private static final long MORE_HEAP = 16L << 20;

  /**
   * @param pid of a Java process
   * @param folders where it keeps files for a time
   */
  static Vitals of(long pid, List<Path> folders) throws IOException {
    Path process = Path.of("/proc/" + pid);
    return new Vitals(
        count(process.resolve("fd")), count(process.resolve("task")), heap(pid), files(folders));
  }

  private static int count(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return (int) entries.count();
    }
  }

  /** Counted after a collection, which the question for it brings about. */
  private static long heap(long pid) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd");
    Process asked =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return TOTAL
        .matcher(said)
        .results()
        .map(MatchResult::group)
        .map(line -> line.replaceFirst(".*\\s", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new AssertionError("No count of objects in\n" + said));
  }

  private static List<Path> files(List<Path> folders) {
    return folders.stream()
        .filter(Files::exists)
        .flatMap(
            folder -> {
              try (Stream<Path> all = Files.walk(folder)) {
                return all.filter(Files::isRegularFile).toList().stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  /** Is back where it was, but for what any process gathers while it runs. */
  void assertNoMoreThan(Vitals before) {
    assertKeepsNoMoreThan(before);
    assertThat(threads).as("threads").isLessThanOrEqualTo(before.threads() + MORE_THREADS);
  }

  /** The same right after its clients went: idle threads wait a minute for new work. */
  void assertKeepsNoMoreThan(Vitals before) {
    assertThat(files).as("files").isSubsetOf(before.files());
    assertThat(handles).as("handles").isLessThanOrEqualTo(before.handles() + MORE_HANDLES);
    assertThat(heap).as("heap").isLessThanOrEqualTo(before.heap() + MORE_HEAP);
  }

  @Override
  public String toString() {
    return "%d handles, %d threads, %d KiB of heap, %d files"
        .formatted(handles, threads, heap >> 10, files.size());
  }
}
