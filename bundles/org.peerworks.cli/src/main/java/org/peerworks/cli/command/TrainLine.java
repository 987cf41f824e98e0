package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "client-train",
    description = {
      "Train models on a worker: sends a package, shows the training, brings the models back.",
      "Models go to ./models/<config>_<date>_<time>/. Ctrl-C cancels the job; twice leaves at once."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  # A package as SLEAP exports it, or labels on their own with default configurations",
      "  ${COMMAND-FULL-NAME} --session_string \"sleap-session:eyJy…\" --pkg_path labels.v929.slp",
      "",
      "  # Labels with configurations of your own, trained in this order",
      "  ${COMMAND-FULL-NAME} -s \"sleap-session:eyJy…\" -p labels.slp \\",
      "      --config centroid.yaml --config centered_instance.yaml",
      "",
      "  # Labels that the worker has somewhere: it looks for them, and you choose",
      "  ${COMMAND-FULL-NAME} -s \"sleap-session:eyJy…\" -p 'fly_*.slp'",
      "",
      "Exit status: 0 success, 1 job failed, 2 usage, 3 no connection, 4 refused, 5 a choice is needed,"
          + " 130 cancelled."
    })
class TrainLine implements Line {

  @Mixin private TargetOptions target;

  @Option(
      names = {"-p", "--pkg_path"},
      paramLabel = "FILE",
      order = 1,
      required = true,
      description =
          "Training package (.zip), or labels (.slp); their videos go along if need be. What is not"
              + " here is the worker's: an absolute path, or a name or pattern that it looks for.")
  private Path pkg;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      order = 2,
      description =
          "Training configuration (.yaml) for a .slp; may be repeated, trained in order."
              + " Default: chosen by the labels.")
  private List<Path> configs = new ArrayList<>();

  @Mixin private VideoOptions videos;

  @Mixin private SubmissionOptions submission;

  @Mixin private ZmqOptions zmq;

  @Mixin private LogOptions log;

  @Mixin private HelpOptions help;

  @Override
  public Parsed.Run run(Surroundings surroundings) {
    return run(surroundings, false);
  }

  final Parsed.Run run(Surroundings surroundings, boolean deprecatedName) {
    return log.apply(
        new Parsed.Run(
            new Invocation.Train(
                target.target(surroundings),
                submission.submission(),
                target.resolve(pkg, surroundings),
                configs.stream().map(path -> target.resolve(path, surroundings)).toList(),
                videos.wanted(),
                new Invocation.Typed(List.of(pkg.toString()), videos.mappings()),
                zmq.ports(),
                deprecatedName),
            Plans.client(target.dataDirectory(surroundings))));
  }
}
