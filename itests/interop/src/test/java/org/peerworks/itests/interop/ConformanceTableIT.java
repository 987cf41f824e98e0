package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the manual that say which test shows what: there are such tests. */
class ConformanceTableIT {

  private static final Path ROOT = Path.of("../..");
  private static final Pattern NAME = Pattern.compile("`([A-Za-z][A-Za-z0-9]+)(…?)`");
  private static final Pattern METHOD = Pattern.compile("\\bvoid ([a-z][A-Za-z0-9]+)\\(");

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Set<String> tests = tests();
    List<String> rows = rows("docs/protocol.md");
    List<String> ofSignaling = rows("docs/signaling.md");
    assertThat(rows).hasSizeGreaterThan(60);
    assertThat(ofSignaling).hasSizeGreaterThan(25);
    rows.addAll(ofSignaling);

    for (String row : rows) {
      String cell = row.substring(row.lastIndexOf('|', row.length() - 2) + 1, row.length() - 1);
      Matcher named = NAME.matcher(cell);
      int count = 0;
      for (; named.find(); count++) {
        String name = named.group(1);
        boolean begins = !named.group(2).isEmpty();
        assertThat(tests)
            .as(row)
            .anyMatch(test -> begins ? test.startsWith(name) : test.equals(name));
      }
      assertThat(count).as("tests of: %s", row).isPositive();
    }
  }

  /** Rows of the tables whose last column is called so. */
  private static List<String> rows(String document) throws IOException {
    List<String> rows = new ArrayList<>();
    boolean shown = false;
    for (String line : Files.readAllLines(ROOT.resolve(document))) {
      if (line.endsWith("| shown by |")) {
        shown = true;
      } else if (!line.startsWith("|")) {
        shown = false;
      } else if (shown && !line.startsWith("|---")) {
        rows.add(line);
      }
    }
    return rows;
  }

  /** Names of test classes and of their methods. */
  private static Set<String> tests() throws IOException {
    Set<String> tests = new HashSet<>();
    for (String folder :
        List.of(
            "bundles/org.peerworks.protocol.sleap",
            "bundles/org.peerworks.signaling.server",
            "itests/interop")) {
      Path sources = ROOT.resolve(folder).resolve("src/test/java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          tests.add(file.getFileName().toString().replace(".java", ""));
          METHOD.matcher(Files.readString(file)).results().forEach(it -> tests.add(it.group(1)));
        }
      }
    }
    return tests;
  }
}
