package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "client-track",
    description = {
      "Track with trained models on a worker: sends labels and models, brings predictions back.",
      "Ctrl-C cancels the job; twice leaves at once."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  # Suggested frames only, which is the default",
      "  ${COMMAND-FULL-NAME} --session_string \"sleap-session:eyJy…\" \\",
      "      --data_path labels.v929.slp --model_paths models/centroid_251024_152308 \\",
      "      --model_paths models/centered_instance_251024_152308 --output predictions.slp",
      "",
      "  # All frames, models by pattern",
      "  ${COMMAND-FULL-NAME} -s \"sleap-session:eyJy…\" -d labels.slp -m 'models/*_251024_*' \\",
      "      --no-only_suggested_frames",
      "",
      "  # The first frames of a video, each animal followed from frame to frame",
      "  ${COMMAND-FULL-NAME} -s \"sleap-session:eyJy…\" -d labels.slp -m models/one --frames 0-499"
          + " --tracking",
      "",
      "Exit status: 0 success, 1 job failed, 2 usage, 3 no connection, 4 refused, 5 a choice is needed,"
          + " 130 cancelled."
    })
final class TrackLine implements Line {

  @Mixin private TargetOptions target;

  @Option(
      names = {"-d", "--data_path"},
      paramLabel = "FILE",
      order = 1,
      required = true,
      description =
          "Labels (.slp) with the frames to track. Repeated, each is a job, one after the other. What"
              + " is not here is the worker's: an absolute path, or a name or pattern that it looks"
              + " for.")
  private List<Path> data;

  @Option(
      names = {"-m", "--model_paths"},
      paramLabel = "DIR",
      order = 2,
      required = true,
      arity = "1..*",
      description =
          "Folder of a trained model; several after one option, or repeated. May hold * and ?.")
  private List<String> models;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      order = 3,
      description =
          "Where the predictions go. Default: predictions.slp; with several labels a folder, where"
              + " each keeps its name.")
  private Path output;

  @Mixin private TrackerOptions tracker;

  @Mixin private VideoOptions videos;

  @Mixin private SubmissionOptions submission;

  @Mixin private LogOptions log;

  @Mixin private HelpOptions help;

  @Override
  public Parsed.Run run(Surroundings surroundings) {
    return log.apply(
        new Parsed.Run(
            new Invocation.Track(
                target.target(surroundings),
                submission.submission(),
                data.stream().map(path -> target.resolve(path, surroundings)).toList(),
                List.copyOf(models),
                target.resolve(output(), surroundings),
                tracker.suggestedOnly(),
                tracker.values(),
                videos.wanted(),
                new Invocation.Typed(
                    data.stream().map(Path::toString).toList(), videos.mappings())),
            Plans.client(target.dataDirectory(surroundings))));
  }

  private Path output() {
    return output != null ? output : Path.of(data.size() > 1 ? "" : "predictions.slp");
  }
}
