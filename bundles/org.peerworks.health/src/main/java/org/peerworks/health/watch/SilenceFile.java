package org.peerworks.health.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.peerworks.lib.files.AtomicFiles;

/**
 * Why the service manager was told nothing more: the parts that were silent and, for whoever has to
 * find the reason, what each thread did. It outlives the worker.
 */
public final class SilenceFile {

  private final Path file;

  /**
   * @param data the data directory
   */
  public SilenceFile(Path data) {
    file = data.resolve("health").resolve("silent.txt");
  }

  public Path path() {
    return file;
  }

  void write(List<VitalSigns.Silence> silent, Instant now) throws IOException {
    String parts =
        silent.stream()
            .map(one -> "'" + one.part() + "' for " + one.waited().toSeconds() + " s")
            .collect(Collectors.joining(", "));
    StringBuilder text =
        new StringBuilder(now + " Without a sign of life: " + parts + ". All threads:\n");
    Map<String, StackTraceElement[]> threads = new TreeMap<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) ->
                threads.put(
                    "'" + thread.getName() + "' (" + thread.getId() + ") " + thread.getState(),
                    stack));
    threads.forEach(
        (thread, stack) -> {
          text.append('\n').append(thread).append('\n');
          for (StackTraceElement frame : stack) {
            text.append("  at ").append(frame).append('\n');
          }
        });
    Files.createDirectories(file.getParent());
    AtomicFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What was written last, in one line.
   *
   * @return empty if nothing was, or somebody has deleted it
   */
  public Optional<String> summary() throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().map(line -> line.replace(" All threads:", ""));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
