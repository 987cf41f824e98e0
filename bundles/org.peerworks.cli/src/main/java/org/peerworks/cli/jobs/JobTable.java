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
      List.of("JOB", "TYPE", "STATE", "PLACE", "OWNER", "PRIO", "SUBMITTED");

  private static final String DETAIL = "DETAIL";
  private static final int LONGEST_OWNER = 16;
  private static final int INDENT = 4;

  private final DateTimeFormatter time;
  private final DateTimeFormatter minute;

  JobTable(ZoneId zone) {
    this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
    this.minute = DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(zone);
  }

  /**
   * One line for each job, under a line of titles. Where that is wider than the terminal, details
   * have a line of their own.
   *
   * @param width of the terminal, in characters; 0 for any
   */
  List<String> lines(List<Job> jobs, int width) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    jobs.forEach(job -> rows.add(row(job, width > 0)));
    int[] widths = new int[TITLES.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> details = new ArrayList<>(List.of(DETAIL));
    jobs.forEach(job -> details.add(PlainText.of(detail(job))));
    int used = line(TITLES, widths).length();
    boolean fits =
        width == 0 || details.stream().allMatch(detail -> used + detail.length() < width);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      String row = line(rows.get(i), widths);
      if (fits) {
        lines.add((row + details.get(i)).stripTrailing());
      } else {
        lines.add(row.stripTrailing());
        if (i > 0 && !details.get(i).isEmpty()) {
          lines.add(" ".repeat(INDENT) + cut(details.get(i), Math.max(1, width - INDENT - 1)));
        }
      }
    }
    return lines;
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

  private List<String> row(Job job, boolean terminal) {
    return List.of(
        PlainText.of(job.id()),
        PlainText.of(job.type()),
        job.state().name(),
        place(job),
        terminal
            ? cut(PlainText.of(job.ownerName()), LONGEST_OWNER)
            : PlainText.of(job.ownerName()),
        Integer.toString(job.priority()),
        (terminal ? minute : time).format(job.submitted()));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString();
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
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
