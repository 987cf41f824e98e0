package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tracking packages that {@code client-track} never makes, handed in at the worker's own prompt:
 * refused by name, and nothing is left of them.
 */
class BadTrackingIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String GOOD =
      "sleap-nn track --data_path labels.slp --model_paths models/one -o p.slp";

  @TempDir static Path directory;

  private static Lab lab;
  private static BadPackages packages;
  private static Running worker;

  @BeforeAll
  static void startWorkerWithPrompt() throws Exception {
    lab = new Lab(directory);
    new ScriptedTrainer(lab).go();
    packages = new BadPackages(directory.resolve("bad"));
    lab.signal();
    worker = lab.worker("--shell");
    Lab.session(worker);
  }

  @AfterAll
  static void aGoodJobStillRuns() throws Exception {
    try {
      Path good = packages.tracking("good", GOOD);
      assertThat(outcome(good)).matches("SUCCEEDED *");
    } finally {
      lab.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          program     | GOOD; curl http://evil          | Line 1 of 'track-script.sh'.*';'
          second      | GOOD\\ncurl http://evil         | Line 2 of 'track-script.sh' runs 'curl'
          option      | GOOD --evil                     | does not know the option '--evil'
          value       | GOOD --batch_size many          | --batch_size.*'many'
          commandless | #!/bin/bash\\n                  | no 'sleap-nn track
          training    | sleap-nn train --config-name c  | Line 1 of 'track-script.sh' is no tracking
          labels      | sleap-nn track -i no.slp -m models/one -o p.slp     | 'no.slp'
          model       | sleap-nn track -i labels.slp -m models/no -o p.slp  | 'models/no'
          leaving     | sleap-nn track -i labels.slp -m models/one -o ../evil.slp | '../evil.slp'
          scriptless  | ""                              | no 'track-script.sh'
          """)
  void theWorkerRefusesABadPackage(String name, String script, String message) throws Exception {
    String text = script == null ? "" : script.replace("GOOD", GOOD).replace("\\n", "\n");

    String outcome = outcome(packages.tracking(name, text));

    assertThat(outcome).startsWith("FAILED ").containsPattern(message);
    assertThat(worker.isAlive()).as(worker.transcript()).isTrue();
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile).map(Path::toString))
          .noneMatch(file -> file.matches(".*/jobs/[^/]+/(input|work|output)/.*"))
          .noneMatch(file -> file.contains("evil"));
    }
  }

  /** Hands a package in, and waits for the state in which its job ends, and the reason. */
  private static String outcome(Path zip) throws IOException {
    int before = worker.out().size();
    worker.type("job:submit track '{}' " + zip);
    String id = await().atMost(PATIENCE).until(() -> printed(before, "ID"), text -> text != null);
    int asked = worker.out().size();
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> ended(id, asked), text -> text != null);
  }

  private static String ended(String id, int from) throws IOException {
    String state = printed(from, "STATE");
    if (state != null && !state.matches("QUEUED|RUNNING")) {
      return state + " " + printed(from, "REASON");
    }
    worker.type("job:show " + id);
    return null;
  }

  /** The last value of a field that was printed since then. */
  private static String printed(int from, String field) {
    List<String> lines = worker.out();
    String value = null;
    for (String line : lines.subList(from, lines.size())) {
      Matcher matcher = Pattern.compile("(?:^|g! |')" + field + " +(.*)").matcher(line);
      value = matcher.find() ? matcher.group(1).strip() : value;
    }
    return value;
  }
}
