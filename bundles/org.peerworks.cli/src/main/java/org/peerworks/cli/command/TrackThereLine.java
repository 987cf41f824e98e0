package org.peerworks.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "track",
    description = {
      "Track files that the worker has already, with models that it has; brings predictions back.",
      "An absolute path is one of the worker's, after your path mappings. Ctrl-C cancels the job;"
          + " twice leaves at once."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${COMMAND-FULL-NAME} --room 2f4919b3 --token f3a9c1 --data_path /vast/fly/labels.slp \\",
      "      --model_paths /vast/models/centroid --model_paths /vast/models/centered_instance",
      "",
      "  # Several, one after the other on one connection",
      "  ${COMMAND-FULL-NAME} -r 2f4919b3 -t f3a9c1 -m /vast/models/one -d /vast/a.slp -d"
          + " /vast/b.slp",
      "",
      "Exit status: 0 success, 1 job failed, 2 usage, 3 no connection, 4 refused, 130 cancelled."
    })
final class TrackThereLine implements Line {

  @Mixin private TargetOptions target;

  @Option(
      names = {"-d", "--data_path"},
      paramLabel = "PATH",
      order = 1,
      required = true,
      description = "Labels (.slp) at the worker. Repeated, each is a job, one after the other.")
  private List<String> data;

  @Option(
      names = {"-m", "--model_paths"},
      paramLabel = "PATH",
      order = 2,
      required = true,
      arity = "1..*",
      description =
          "Folder of a trained model at the worker; several after one option, or repeated.")
  private List<String> models;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PATH",
      order = 3,
      description =
          "Where the predictions go: an absolute path is at the worker, and a copy comes here; any"
              + " other is here. Default: predictions.slp; with several, the name of each.")
  private String output;

  @Option(
      names = "--only_suggested_frames",
      order = 4,
      description = "Track the suggested frames only. Default: all frames.")
  private boolean onlySuggestedFrames;

  @Option(
      names = "--exclude_user_labeled",
      order = 6,
      description = "Leave out frames that a person labelled.")
  private boolean excludeUserLabeled;

  @Option(
      names = "--frames",
      paramLabel = "RANGES",
      order = 7,
      converter = TrackerOptions.Frames.class,
      description = "Track these frames, for example 0-100,200-300; the first frame is 0.")
  private String frames;

  @Option(
      names = "--video_index",
      paramLabel = "NUMBER",
      order = 8,
      converter = Numbers.Index.class,
      description = "Track this video of the labels only; the first one is 0.")
  private Integer videoIndex;

  @Option(
      names = "--peak_threshold",
      paramLabel = "0..1",
      order = 9,
      converter = Numbers.Fraction.class,
      description = "How sure a point must be. Default: the tracker's own, 0.2.")
  private String peakThreshold;

  @Option(
      names = {"-b", "--batch_size"},
      paramLabel = "COUNT",
      order = 11,
      converter = Numbers.Batch.class,
      description = "Frames that are worked on at once; more need more memory.")
  private Integer batchSize;

  @Mixin private SubmissionOptions submission;

  @Mixin private LogOptions log;

  @Mixin private HelpOptions help;

  @Override
  public Parsed.Run run(Surroundings surroundings) {
    if (data.size() > 1 && output != null) {
      throw new UsageException(
          "With several --data_path each keeps its own name. Leave out --output.");
    }
    return log.apply(
        new Parsed.Run(
            new Invocation.TrackThere(
                target.target(surroundings),
                submission.submission(),
                List.copyOf(data),
                List.copyOf(models),
                Optional.ofNullable(output),
                values()),
            Plans.client(target.dataDirectory(surroundings))));
  }

  private Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    if (onlySuggestedFrames) {
      values.put("only_suggested_frames", true);
    }
    if (excludeUserLabeled) {
      values.put("exclude_user_labeled", true);
    }
    if (frames != null) {
      values.put("frames", frames);
    }
    if (videoIndex != null) {
      values.put("video_index", videoIndex);
    }
    if (peakThreshold != null) {
      values.put("peak_threshold", Double.valueOf(peakThreshold));
    }
    if (batchSize != null) {
      values.put("batch_size", batchSize);
    }
    return values;
  }
}
