package org.peerworks.itests.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code strace -f} recorded, line by line. A call that others came between has a line where
 * it began, and a whole one where it ended.
 */
final class SystemCalls {

  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final Pattern BEGUN = Pattern.compile("(.*) <unfinished \\.\\.\\.>");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");

  private final List<String> lines;

  private SystemCalls(List<String> lines) {
    this.lines = lines;
  }

  static SystemCalls read(Path trace) throws IOException {
    List<String> lines = new ArrayList<>();
    Map<String, String> begun = new HashMap<>();
    for (String text : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
      Matcher line = LINE.matcher(text);
      if (!line.matches()) {
        continue;
      }
      String thread = line.group(1);
      Matcher beginning = BEGUN.matcher(line.group(2));
      Matcher end = RESUMED.matcher(line.group(2));
      if (beginning.matches()) {
        begun.put(thread, beginning.group(1));
        lines.add(thread + " " + beginning.group(1));
      } else if (end.matches()) {
        lines.add(thread + " " + begun.remove(thread) + end.group(1));
      } else {
        lines.add(thread + " " + line.group(2));
      }
    }
    return new SystemCalls(lines);
  }

  /** The thread that made a call. */
  String thread(int index) {
    return lines.get(index).substring(0, lines.get(index).indexOf(' '));
  }

  /**
   * @return index of the first line from {@code from} on in which {@code regex} is found
   */
  int first(int from, String regex) {
    Pattern pattern = Pattern.compile(regex);
    for (int i = from; i < lines.size(); i++) {
      if (pattern.matcher(lines.get(i)).find()) {
        return i;
      }
    }
    throw new AssertionError("No '" + regex + "' among " + lines.size() + " lines of the trace");
  }
}
