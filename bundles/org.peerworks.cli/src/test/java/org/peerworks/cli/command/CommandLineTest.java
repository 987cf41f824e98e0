package org.peerworks.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What tests of the command line share: surroundings, and what was said. */
abstract class CommandLineTest {

  static final Path HERE = Path.of("/somewhere/here");

  final Map<String, String> environment = new HashMap<>();
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  String program = "sleap-rtc";

  final Invocation.Train train(String... words) {
    return (Invocation.Train) run(words).invocation();
  }

  final Invocation.Track track(String... words) {
    return (Invocation.Track) run(words).invocation();
  }

  final Parsed.Run run(String... words) {
    Parsed parsed = parse(words);
    assertThat(parsed).as(err.toString()).isInstanceOf(Parsed.Run.class);
    return (Parsed.Run) parsed;
  }

  /** Exit status of what is answered without a framework. */
  final int answer(String... words) {
    return ((Parsed.Answered) parse(words)).status();
  }

  private Parsed parse(String... words) {
    return new CommandLines(surroundings()).read(words);
  }

  final Surroundings surroundings() {
    return new Surroundings(
        program,
        "1.2.3",
        environment,
        HERE,
        Path.of("/home/anna"),
        new PrintWriter(out, true),
        new PrintWriter(err, true));
  }
}
