package org.peerworks.cli.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.cli.terminal.PlainText;
import org.peerworks.cli.terminal.Units;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.Progress;

/** Jobs as people read them. */
final class JobTable {

  private static final List<String> TITLES =
      List.of("JOB", "TYPE", "STATE", "PLACE", "OWNER", "PRIORITY", "SUBMITTED", "DETAIL");

  private final DateTimeFormatter time;

  JobTable(ZoneId zone) {
    this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
  }

  /** One line for each job, under a line of titles. */
  List<String> lines(List<Job> jobs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    jobs.forEach(job -> rows.add(row(job)));
    int[] widths = new int[TITLES.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  /** All about one job, a line for each thing. */
  List<String> details(Job job) {
    List<String> lines = new ArrayList<>();
    add(lines, "Job", job.id());
    add(lines, "Type", job.type() + " " + job.typeVersion());
    add(lines, "State", job.state().name());
    add(lines, "Reason", job.reason());
    add(lines, "Place", place(job));
    add(lines, "Progress", job.progress().map(JobTable::progress).orElse(""));
    add(lines, "Owner", job.ownerName());
    add(lines, "Owner's key", job.ownerId());
    add(lines, "Priority", Integer.toString(job.priority()));
    add(lines, "Submitted", time.format(job.submitted()));
    add(lines, "Started", job.started().map(time::format).orElse(""));
    add(lines, "Ended", job.ended().map(time::format).orElse(""));
    add(lines, "Ran for", ranFor(job));
    add(lines, "Parameters", job.parameters().equals("{}") ? "" : job.parameters());
    add(lines, "Result", job.document().filter(json -> !json.equals("{}")).orElse(""));
    job.outputs()
        .forEach(
            output ->
                add(
                    lines,
                    "Output",
                    output.name() + ", " + Units.bytes(output.size()) + ", " + output.sha256()));
    return lines;
  }

  private List<String> row(Job job) {
    return List.of(
        PlainText.of(job.id()),
        PlainText.of(job.type()),
        job.state().name(),
        place(job),
        PlainText.of(job.ownerName()),
        Integer.toString(job.priority()),
        time.format(job.submitted()),
        PlainText.of(detail(job)));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private static String place(Job job) {
    return job.queuePosition() > 0 ? Integer.toString(job.queuePosition()) : "";
  }

  private static String detail(Job job) {
    return job.reason().isBlank()
        ? job.progress().map(JobTable::progress).orElse("")
        : job.reason();
  }

  private static String progress(Progress progress) {
    String count =
        progress.unit()
            + " "
            + progress.done()
            + (progress.total() > 0 ? "/" + progress.total() : "");
    return progress.message().isBlank() ? count.strip() : count.strip() + ": " + progress.message();
  }

  private static String ranFor(Job job) {
    if (job.started().isEmpty()) {
      return "";
    }
    Instant end = job.ended().orElseGet(Instant::now);
    return Units.time(Duration.between(job.started().get(), end).toMillis() / 1000.0);
  }

  private static void add(List<String> lines, String title, String text) {
    if (!text.isBlank()) {
      lines.add(String.format("%-12s %s", title + ":", PlainText.of(text)));
    }
  }
}
