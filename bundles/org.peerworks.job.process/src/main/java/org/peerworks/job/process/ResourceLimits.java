package org.peerworks.job.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The words before a command that bound what it may use. */
final class ResourceLimits {

  private static final String NICE = "/usr/bin/nice";
  private static final String PRLIMIT = "/usr/bin/prlimit";
  private static final String LIMIT =
      "(as|core|cpu|data|fsize|memlock|nofile|nproc|rss|stack)=([0-9]+|unlimited)";

  private final List<String> words = new ArrayList<>();

  /**
   * @param nice 0 (as the worker) to 19 (last)
   * @param limits {@code name=value}, names and units as {@code prlimit(1)} has them
   * @throws IllegalArgumentException naming what is wrong
   */
  ResourceLimits(int nice, String[] limits) {
    if (nice < 0 || nice > 19) {
      throw new IllegalArgumentException(
          "'nice' in " + AllowedPrograms.FILE + " is " + nice + "; write 0 to 19.");
    }
    if (nice > 0) {
      words.addAll(List.of(NICE, "-n", Integer.toString(nice)));
    }
    List<String> options = new ArrayList<>();
    for (String line : limits) {
      for (String limit : line.strip().split("\\s*,\\s*")) {
        if (limit.isEmpty()) {
          continue;
        }
        if (!limit.matches(LIMIT)) {
          throw new IllegalArgumentException(
              "'limits' in "
                  + AllowedPrograms.FILE
                  + " has the entry '"
                  + limit
                  + "'; write for example 'nofile=65536' or 'core=0'.");
        }
        options.add("--" + limit);
      }
    }
    if (!options.isEmpty()) {
      words.add(PRLIMIT);
      words.addAll(options);
      words.add("--");
    }
  }

  List<String> words() throws IOException {
    for (String word : words) {
      if (word.startsWith("/") && !AllowedPrograms.isExecutable(Path.of(word))) {
        throw new IOException(
            "The limits of programs need '"
                + word
                + "', which this worker does not have. Install coreutils and util-linux, or take"
                + " 'nice' and 'limits' out of "
                + AllowedPrograms.FILE
                + ".");
      }
    }
    return words;
  }
}
