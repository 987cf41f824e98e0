package org.peerworks.job.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobResult;
import org.peerworks.lib.files.Archives;
import org.peerworks.lib.sleap.ForwardProgress;
import org.peerworks.lib.sleap.Publication;
import org.peerworks.lib.sleap.Shown;
import org.peerworks.lib.sleap.StepOutcome;
import org.peerworks.lib.sleap.TrainerStep;

/**
 * Trains the models of a job one after the other, each as a step, until one fails; then tracks with
 * them, if that is wanted.
 */
final class Training {

  private final JobContext context;
  private final TrainPackage job;
  private final TrainerStep trainer;
  private final Publication publication;
  private final Duration grace;
  private final JobReports reports;
  private final EarlyEnd early;
  private final EpochProgress progress;

  /**
   * @param grace how long a trainer that takes commands has to stop before it is interrupted
   */
  Training(
      JobContext context,
      TrainPackage job,
      TrainerStep trainer,
      Publication publication,
      Duration grace)
      throws IOException {
    this.context = context;
    this.job = job;
    this.trainer = trainer;
    this.publication = publication;
    this.grace = grace;
    this.reports = new JobReports(context);
    this.early = new EarlyEnd(context.workDirectory().resolve("asked-to-end"));
    this.progress = new EpochProgress(new ForwardProgress(context::progress), job.models());
  }

  JobResult run() throws IOException {
    context.control(early);
    List<ModelResult> results = new ArrayList<>();
    String failure = "";
    for (int i = 0; i < job.models().size(); i++) {
      ModelPlan model = job.models().get(i);
      if (!failure.isEmpty()) {
        results.add(ModelResult.skipped(model, "A model before it failed."));
      } else if (early.ofJob() && !trainer.wasStarted(model.step(i + 1))) {
        results.add(ModelResult.skipped(model, "The job was ended before its turn."));
      } else {
        reports.modelBegins(i, job.models());
        // Says where in the log that was, and to who reads the log alone whose turn it is.
        context.log("Training model %d/%d: %s".formatted(i + 1, job.models().size(), model.name()));
        ModelResult result = train(i, model);
        result = result.at(published(i, result));
        reports.modelEnded(i, job.models(), result);
        results.add(result);
        failure = result.reason();
      }
    }
    Map<String, Path> outputs = pack();
    Optional<InferenceResult> inferred = Optional.empty();
    if (job.infer()) {
      inferred = Optional.of(infer(results, outputs));
    }
    String document = TrainDocument.of(results, inferred);
    boolean nothing = results.stream().noneMatch(ModelResult::succeeded);
    if (failure.isEmpty() && nothing) {
      failure = "The job was ended before a model was trained.";
    }
    return failure.isEmpty()
        ? JobResult.succeeded(document, outputs)
        : JobResult.failed(failure, document, outputs);
  }

  private ModelResult train(int index, ModelPlan model) {
    String step = model.step(index + 1);
    StepOutcome outcome;
    try (TrainerLink link =
        TrainerLink.open(
            context.workDirectory().resolve("ports").resolve(step),
            context.jobId(),
            message -> heard(index, message),
            context::interruptStep,
            grace)) {
      early.begins(step, link, true);
      outcome = trainer.run(step, model.arguments(link.ports()), job.root(), progress.start(index));
    } catch (IOException e) {
      return ModelResult.failed(model, 0, String.valueOf(e.getMessage()));
    } finally {
      early.ended();
    }
    return judged(model, outcome, early.of(step), () -> progress.end(index));
  }

  private void heard(int index, TrainerMessage message) {
    message.epochLine().ifPresent(line -> progress.heard(index, line));
    reports.heard(message);
  }

  private ModelResult judged(ModelPlan model, StepOutcome outcome, boolean asked, Runnable ended) {
    Path folder = modelsFolder().resolve(model.folder());
    if (asked && !ModelFiles.hasWeights(folder)) {
      String reason =
          "Training of '%s' was ended before there was anything to keep.".formatted(model.name());
      return ModelResult.failed(model, outcome.seconds(), reason);
    }
    if (!outcome.succeeded() && !asked) {
      String reason = outcome.failure("Training of '" + model.name() + "'");
      return ModelResult.failed(model, outcome.seconds(), reason);
    }
    if (!Files.isDirectory(folder)) {
      String reason =
          "Training of '%s' ended well, but left no folder '%s/%s'."
              .formatted(model.name(), job.modelsFolder(), model.folder());
      return ModelResult.failed(model, outcome.seconds(), reason);
    }
    ended.run();
    return new ModelResult(
        model, ModelResult.State.SUCCEEDED, outcome.seconds(), "", asked, Optional.empty());
  }

  private InferenceResult infer(List<ModelResult> models, Map<String, Path> outputs) {
    Inference inference = new Inference(context, job, trainer, publication, reports);
    InferenceResult result;
    try (TrainerLink link = TrainerLink.mute(context.jobId(), context::interruptStep)) {
      early.begins(Inference.STEP, link, false);
      result = inference.run(models, () -> early.of(Inference.STEP));
    } finally {
      early.ended();
    }
    if (!result.predictions().isEmpty()) {
      outputs.put(result.predictions(), inference.output());
    }
    reports.inferenceEnded(result);
    return result;
  }

  /** A model of labels on this worker goes beside them too, into {@code models/<run name>}. */
  private Optional<String> published(int index, ModelResult result) {
    if (!result.succeeded() || job.home().isEmpty()) {
      return Optional.empty();
    }
    Path folder = modelsFolder().resolve(result.plan().folder());
    String parent = job.home().get() + "/models";
    try {
      String key = "model-" + (index + 1);
      return Optional.of(publication.directory(key, folder, parent, result.plan().folder()));
    } catch (IOException e) {
      context.log(
          "The model %s is not put beside the labels, but returned with the job: %s"
              .formatted(Shown.quoted(result.plan().folder()), e.getMessage()));
      return Optional.empty();
    }
  }

  private Map<String, Path> pack() throws IOException {
    Map<String, Path> outputs = new LinkedHashMap<>();
    if (!ModelFiles.hasEntries(modelsFolder())) {
      return outputs;
    }
    context.checkStopped();
    String name = "trained_" + job.name() + ".zip";
    Path zip = context.outputDirectory().resolve(name);
    Files.deleteIfExists(zip);
    for (String left : Archives.pack(modelsFolder(), "", zip, false)) {
      context.log(
          "Not returned, because it is no plain file or an archive cannot name it: "
              + Shown.quoted(left));
    }
    outputs.put(name, zip);
    return outputs;
  }

  private Path modelsFolder() {
    return job.root().resolve(job.modelsFolder());
  }
}
