package org.peerworks.job.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.Progress;
import org.peerworks.lib.sleap.ForwardProgress;
import org.peerworks.lib.sleap.FrameLine;
import org.peerworks.lib.sleap.Publication;
import org.peerworks.lib.sleap.StepOutcome;
import org.peerworks.lib.sleap.TimeLeft;
import org.peerworks.lib.sleap.TrainerStep;

/**
 * Tracks the suggested frames of the labels with the models that were just trained. The predictions
 * are {@code <labels>.predictions.slp}: an output of the job, and beside labels that lie on this
 * worker.
 */
final class Inference {

  static final String STEP = "inference";

  private static final String ENDING = ".predictions.slp";

  private final JobContext context;
  private final TrainPackage job;
  private final TrainerStep trainer;
  private final Publication publication;
  private final JobReports reports;
  private final ForwardProgress forward;

  Inference(
      JobContext context,
      TrainPackage job,
      TrainerStep trainer,
      Publication publication,
      JobReports reports) {
    this.context = context;
    this.job = job;
    this.trainer = trainer;
    this.publication = publication;
    this.reports = reports;
    this.forward = new ForwardProgress(context::progress);
  }

  /** Where the predictions are, once there are some. */
  Path output() {
    return context.outputDirectory().resolve(job.name() + ENDING);
  }

  /**
   * @param stopped whether it was asked to end before it was done
   */
  InferenceResult run(List<ModelResult> models, BooleanSupplier stopped) {
    if (job.labels().isEmpty()) {
      return InferenceResult.skipped("no_labels_path");
    }
    if (!models.stream().allMatch(ModelResult::succeeded)) {
      return InferenceResult.skipped("training_failed");
    }
    reports.inferenceBegins();
    context.log("Inference with the trained models");
    StepOutcome outcome;
    try {
      TimeLeft timeLeft = new TimeLeft();
      outcome =
          trainer.run(
              STEP,
              arguments(),
              job.root(),
              line -> FrameLine.parse(line).ifPresent(frames -> report(frames, timeLeft)));
    } catch (IOException e) {
      return InferenceResult.failed(String.valueOf(e.getMessage()), 0);
    }
    if (!outcome.succeeded() && stopped.getAsBoolean()) {
      return InferenceResult.skipped("stopped");
    }
    if (!outcome.succeeded()) {
      return InferenceResult.failed(outcome.failure("Inference"), outcome.seconds());
    }
    if (!Files.isRegularFile(output())) {
      return InferenceResult.failed(
          "Inference ended well, but wrote no predictions.", outcome.seconds());
    }
    return new InferenceResult(
        ModelResult.State.SUCCEEDED,
        "",
        output().getFileName().toString(),
        published(),
        outcome.seconds());
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("track", "--data_path", job.labels().get()));
    for (ModelPlan model : job.models()) {
      arguments.addAll(List.of("--model_paths", job.modelsFolder() + "/" + model.folder()));
    }
    arguments.addAll(List.of("-o", output().toAbsolutePath().toString()));
    arguments.add("--only_suggested_frames");
    return arguments;
  }

  private void report(FrameLine frames, TimeLeft timeLeft) {
    String left = timeLeft.after(frames.done(), frames.total());
    String message =
        "inference: frame %d of %d%s"
            .formatted(frames.done(), frames.total(), left.isEmpty() ? "" : ", " + left);
    reports.inferred(frames);
    forward.accept(new Progress(frames.done(), frames.total(), "frame", message));
  }

  private Optional<String> published() {
    if (job.home().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          publication.file("predictions", output(), job.home().get(), job.name(), ENDING));
    } catch (IOException e) {
      context.log("The predictions are not put beside the labels: " + e.getMessage());
      return Optional.empty();
    }
  }
}
