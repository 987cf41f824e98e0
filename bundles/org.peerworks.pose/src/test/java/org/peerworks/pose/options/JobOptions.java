package org.peerworks.pose.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.peerworks.pose.UserError;

/** The options that a job type lets through, from its source. */
public final class JobOptions {

  private static final Pattern NAME = Pattern.compile("\"(--[a-z][a-z_-]*)\"");

  private JobOptions() {}

  /**
   * Each is served, or refused with a reason; none is unknown.
   *
   * @param source file of the job type's bundle
   */
  public static void areServedOrRefused(OptionParser parser, String source, int least)
      throws IOException {
    Path bundle = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Set<String> names =
        NAME.matcher(Files.readString(bundle.resolve("..").resolve(source)))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names).hasSizeGreaterThanOrEqualTo(least);
    for (String name : names) {
      assertThat(answer(parser, name)).as(name).doesNotContain("is not known");
    }
  }

  private static String answer(OptionParser parser, String name) {
    try {
      parser.parse(List.of(name, "1"));
      return "";
    } catch (UserError e) {
      assertThat(e)
          .hasMessageContaining("'" + name + "' is not served by the built-in trainer: it ");
      return e.getMessage();
    }
  }
}
