package org.peerworks.job.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobResult;
import org.peerworks.lib.files.Archives;
import org.peerworks.lib.sleap.ProgressGate;
import org.peerworks.lib.sleap.Shown;
import org.peerworks.lib.sleap.StepOutcome;
import org.peerworks.lib.sleap.TrainerStep;

/** Trains the models of a package one after the other, each as a step, until one fails. */
final class Training {

  private final JobContext context;
  private final TrainPackage job;

  Training(JobContext context, TrainPackage job) {
    this.context = context;
    this.job = job;
  }

  JobResult run() throws IOException {
    EpochProgress progress = new EpochProgress(new ProgressGate(context::progress), job.models());
    List<ModelResult> results = new ArrayList<>();
    String failure = "";
    for (int i = 0; i < job.models().size(); i++) {
      ModelPlan model = job.models().get(i);
      if (!failure.isEmpty()) {
        String reason = "A model before it failed.";
        results.add(new ModelResult(model, ModelResult.State.SKIPPED, 0, reason));
        continue;
      }
      ModelResult result = train(i, model, progress);
      results.add(result);
      failure = result.reason();
    }
    Map<String, Path> outputs = pack();
    String document = ModelResult.document(results);
    return failure.isEmpty()
        ? JobResult.succeeded(document, outputs)
        : JobResult.failed(failure, document, outputs);
  }

  private ModelResult train(int index, ModelPlan model, EpochProgress progress) {
    StepOutcome outcome;
    try {
      outcome =
          TrainerStep.run(
              context, model.step(index + 1), model.arguments(), job.root(), progress.start(index));
    } catch (IOException e) {
      return new ModelResult(model, ModelResult.State.FAILED, 0, String.valueOf(e.getMessage()));
    }
    String reason = "";
    if (!outcome.succeeded()) {
      reason = outcome.failure("Training of '" + model.name() + "'");
    } else if (!Files.isDirectory(modelsFolder().resolve(model.folder()))) {
      reason =
          "Training of '%s' ended well, but left no folder '%s/%s'."
              .formatted(model.name(), job.modelsFolder(), model.folder());
    } else {
      progress.end(index);
    }
    ModelResult.State state =
        reason.isEmpty() ? ModelResult.State.SUCCEEDED : ModelResult.State.FAILED;
    return new ModelResult(model, state, outcome.seconds(), reason);
  }

  private Map<String, Path> pack() throws IOException {
    if (!hasEntries(modelsFolder())) {
      return Map.of();
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
    return Map.of(name, zip);
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
