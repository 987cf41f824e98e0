package ${package};

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.Parameters;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.Progress;
import org.peerworks.job.api.StepExit;

/**
 * Sorts the lines of text files with the program {@code sort}, one after the other.
 *
 * <p>Input: one file or more. Output: {@code sorted-<name>} of each. Document: {@code {"files": 2,
 * "lines": 14}}.
 */
@Component(
    property = {
      JobType.TYPE + "=${jobType}",
      JobType.RESTART + "=rerun",
      JobType.SCHEMA + "=schema/${jobType}.json"
    })
public final class ${className}JobType implements JobType {

  private static final int CHUNK = 64 * 1024;

  @Override
  public JobResult run(JobContext context) throws IOException {
    List<String> names = context.inputs().keySet().stream().sorted().toList();
    if (names.isEmpty()) {
      return JobResult.failed(
          "A job of type '${jobType}' sorts text files, but none came with it.", "{}", Map.of());
    }
    Map<String, Path> outputs = new LinkedHashMap<>();
    long lines = 0;
    for (String name : names) {
      context.progress(new Progress(outputs.size(), names.size(), "file", name));
      Path sorted = context.outputDirectory().resolve("sorted-" + name);
      String failure = sort(context, outputs.size() + 1, context.inputs().get(name), sorted);
      if (!failure.isEmpty()) {
        return JobResult.failed(
            "'%s' was not sorted: %s".formatted(name, failure),
            document(outputs.size(), lines),
            outputs);
      }
      lines += lines(context, sorted);
      outputs.put("sorted-" + name, sorted);
    }
    context.progress(new Progress(names.size(), names.size(), "file", ""));
    context.log("Sorted %d lines of %d files.".formatted(lines, outputs.size()));
    return JobResult.succeeded(document(outputs.size(), lines), outputs);
  }

  /**
   * Sorts one file in a step of its own: after a crash of the worker the job is run again, and then
   * those that were sorted are not sorted twice.
   *
   * @return why it failed; empty if it did not
   */
  private static String sort(JobContext context, int number, Path file, Path sorted)
      throws IOException {
    List<String> arguments = new ArrayList<>(options(context.parameters()));
    arguments.addAll(List.of("--output=" + sorted, "--", file.toString()));
    String[] last = {""};
    StepExit exit =
        context.step(
            "sort-" + number,
            new Program("sort", arguments, context.workDirectory(), Map.of("LC_ALL", "C.UTF-8")),
            line -> last[0] = line);
    return exit.succeeded() ? "" : exit.description() + ". " + last[0];
  }

  private static List<String> options(Parameters parameters) {
    List<String> options = new ArrayList<>();
    if (parameters.string("order").orElse("ascending").equals("descending")) {
      options.add("--reverse");
    }
    if (parameters.flag("unique").orElse(false)) {
      options.add("--unique");
    }
    return options;
  }

  /** Work in the JVM looks often whether the job is to end. */
  private static long lines(JobContext context, Path file) throws IOException {
    long lines = 0;
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        context.checkStopped();
        for (int i = 0; i < length; i++) {
          lines += chunk[i] == '\n' ? 1 : 0;
        }
      }
    }
    return lines;
  }

  private static String document(int files, long lines) {
    return "{\"files\": %d, \"lines\": %d}".formatted(files, lines);
  }
}
