package org.peerworks.job.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobResult;
import org.peerworks.lib.files.Archives;
import org.peerworks.lib.sleap.ProgressGate;
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
  private final Publication publication;

  Training(JobContext context, TrainPackage job, Publication publication) {
    this.context = context;
    this.job = job;
    this.publication = publication;
  }

  JobResult run() throws IOException {
    EpochProgress progress = new EpochProgress(new ProgressGate(context::progress), job.models());
    List<ModelResult> results = new ArrayList<>();
    String failure = "";
    for (int i = 0; i < job.models().size(); i++) {
      ModelPlan model = job.models().get(i);
      if (!failure.isEmpty()) {
        results.add(ModelResult.skipped(model, "A model before it failed."));
        continue;
      }
      // Who reads the log alone, such as a client of sleap-rtc, sees here whose turn it is.
      context.log("Training model %d/%d: %s".formatted(i + 1, job.models().size(), model.name()));
      ModelResult result = train(i, model, progress);
      results.add(result.at(published(i, result)));
      failure = result.reason();
    }
    Map<String, Path> outputs = pack();
    Optional<InferenceResult> inferred = Optional.empty();
    if (job.infer()) {
      Inference inference = new Inference(context, job, publication);
      inferred = Optional.of(inference.run(results));
      if (!inferred.get().predictions().isEmpty()) {
        outputs.put(inferred.get().predictions(), inference.output());
      }
    }
    String document = TrainDocument.of(results, inferred);
    return failure.isEmpty()
        ? JobResult.succeeded(document, outputs)
        : JobResult.failed(failure, document, outputs);
  }

  private ModelResult train(int index, ModelPlan model, EpochProgress progress) {
    StepOutcome outcome;
    try {
      outcome =
          TrainerStep.run(
              context,
              model.step(index + 1),
              model.arguments(Optional.empty()),
              job.root(),
              progress.start(index));
    } catch (IOException e) {
      return ModelResult.failed(model, 0, String.valueOf(e.getMessage()));
    }
    if (!outcome.succeeded()) {
      String reason = outcome.failure("Training of '" + model.name() + "'");
      return ModelResult.failed(model, outcome.seconds(), reason);
    }
    if (!Files.isDirectory(modelsFolder().resolve(model.folder()))) {
      String reason =
          "Training of '%s' ended well, but left no folder '%s/%s'."
              .formatted(model.name(), job.modelsFolder(), model.folder());
      return ModelResult.failed(model, outcome.seconds(), reason);
    }
    progress.end(index);
    return new ModelResult(
        model, ModelResult.State.SUCCEEDED, outcome.seconds(), "", false, Optional.empty());
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
    if (!hasEntries(modelsFolder())) {
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

  private static boolean hasEntries(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isPresent();
    }
  }
}
