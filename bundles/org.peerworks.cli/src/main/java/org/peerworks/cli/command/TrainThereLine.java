package org.peerworks.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description = {
      "Train models on files that the worker has already: nothing large is sent.",
      "An absolute path is one of the worker's, after your path mappings; any other is a file here,"
          + " which goes along. Ctrl-C cancels the job; twice leaves at once."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  # Labels and configurations in a folder that the worker shares",
      "  ${COMMAND-FULL-NAME} --room 2f4919b3 --token f3a9c1 --labels /vast/fly/labels.slp \\",
      "      --config /vast/fly/centroid.yaml --config /vast/fly/centered_instance.yaml",
      "",
      "  # A configuration of yours, fewer epochs, on the best free worker",
      "  ${COMMAND-FULL-NAME} -r 2f4919b3 -t f3a9c1 --auto-select --labels /vast/fly/labels.slp \\",
      "      -c centroid.yaml --max-epochs 20",
      "",
      "Exit status: 0 success, 1 job failed, 2 usage, 3 no connection, 4 refused, 130 cancelled."
    })
final class TrainThereLine implements Line {

  @Mixin private TargetOptions target;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "PATH",
      order = 1,
      description = "Training configuration (.yaml); may be repeated, trained in order.")
  private List<String> configs = new ArrayList<>();

  @Option(
      names = "--labels",
      paramLabel = "PATH",
      order = 2,
      description = "Labels (.slp). Default: those that the configuration names.")
  private String labels;

  @Option(
      names = "--val-labels",
      paramLabel = "PATH",
      order = 3,
      description = "Labels (.slp) to validate on.")
  private String validationLabels;

  @Option(
      names = "--max-epochs",
      paramLabel = "COUNT",
      order = 4,
      converter = Numbers.Epochs.class,
      description = "Most epochs of each model.")
  private Integer maxEpochs;

  @Option(
      names = {"-b", "--batch_size"},
      paramLabel = "COUNT",
      order = 5,
      converter = Numbers.Batch.class,
      description = "Images that are trained on at once.")
  private Integer batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      order = 6,
      converter = Numbers.Rate.class,
      description = "For example 0.0001.")
  private Double learningRate;

  @Option(
      names = "--run-name",
      paramLabel = "NAME",
      order = 7,
      description = "Name of the model's folder.")
  private String runName;

  @Option(
      names = "--resume",
      paramLabel = "PATH",
      order = 8,
      description = "Checkpoint at the worker to go on from.")
  private String resume;

  @Option(
      names = {"--worker-path", "-p", "--pkg_path"},
      paramLabel = "PATH",
      order = 9,
      description = "Training package (.zip) at the worker, instead of all of these.")
  private String pkg;

  @Option(
      names = "--mount",
      paramLabel = "LABEL",
      order = 11,
      description =
          "Mount of the worker that its paths are in. Not needed: paths are looked up in all of"
              + " them.")
  private String mount;

  @Option(
      names = "--infer",
      order = 10,
      negatable = true,
      fallbackValue = "true",
      description =
          "Track the suggested frames of the labels with the new models, and bring the predictions"
              + " back. The default where --labels is given.")
  private Boolean infer;

  @Mixin private SubmissionOptions submission;

  @Mixin private ZmqOptions zmq;

  @Mixin private LogOptions log;

  @Mixin private HelpOptions help;

  @Override
  public Parsed.Run run(Surroundings surroundings) {
    Map<String, Object> values = values();
    if (pkg == null && configs.isEmpty()) {
      throw new UsageException(
          "What is to be trained? Give --config PATH, with --labels PATH, or --worker-path PATH.");
    }
    if (pkg != null && (!configs.isEmpty() || labels != null || !values.isEmpty())) {
      throw new UsageException(
          "A package brings its own configurations. Leave out all but --worker-path.");
    }
    return log.apply(
        new Parsed.Run(
            new Invocation.TrainThere(
                target.target(surroundings),
                submission.submission(),
                List.copyOf(configs),
                Optional.ofNullable(labels),
                Optional.ofNullable(validationLabels),
                Optional.ofNullable(resume),
                Optional.ofNullable(pkg),
                values,
                Optional.ofNullable(infer),
                zmq.ports()),
            Plans.client(target.dataDirectory(surroundings))));
  }

  private Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    put(values, "max_epochs", maxEpochs);
    put(values, "batch_size", batchSize);
    put(values, "learning_rate", learningRate);
    put(values, "run_name", runName);
    return values;
  }

  private static void put(Map<String, Object> values, String name, Object value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}
