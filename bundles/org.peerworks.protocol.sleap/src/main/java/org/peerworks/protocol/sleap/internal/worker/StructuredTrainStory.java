package org.peerworks.protocol.sleap.internal.worker;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.Progress;
import org.peerworks.protocol.sleap.internal.wire.InferenceReply;
import org.peerworks.protocol.sleap.internal.wire.JobReply;
import org.peerworks.protocol.sleap.internal.wire.JsonFields;
import org.peerworks.protocol.sleap.internal.wire.RunReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;

/**
 * Tells a structured training job (§2.6). Upstream's clients expect one {@code JOB_COMPLETE} for
 * each model, and a GUI counts them; so each model that is done gets one. Only the last one, or
 * {@code JOB_FAILED} in its place, is sent after the job itself has ended and says how it went: a
 * client that goes by the last word is right.
 */
final class StructuredTrainStory implements Story {

  private static final Pattern EPOCH = Pattern.compile("\\bepoch (\\d{1,9})");
  private static final Pattern LOSS = Pattern.compile("\\bloss ([0-9][0-9.eE+-]{0,20}|nan|inf)");
  private static final Pattern VALIDATION =
      Pattern.compile("\\bval ([0-9][0-9.eE+-]{0,20}|nan|inf)");

  private final Lane lane;
  private final Results results;
  private final JobNames names;
  private final List<String> models;
  private final long began = System.nanoTime();
  private long modelBegan = began;
  private int current;
  private int count = 1;
  private boolean inferring;
  private volatile boolean frames;
  private volatile Optional<String> modelPath = Optional.empty();

  /**
   * @param models types of the models, as the client named them
   */
  StructuredTrainStory(Lane lane, Results results, JobNames names, List<String> models) {
    this.lane = lane;
    this.results = results;
    this.names = names;
    this.models = List.copyOf(models);
  }

  /** It works on the worker's files, which stay; somebody may look at them later. */
  @Override
  public boolean endsWithItsReader() {
    return false;
  }

  @Override
  public void refused(Refusal why) {
    names.refused(lane, why);
  }

  @Override
  public void accepted(Job job) {
    names.accepted(lane);
  }

  @Override
  public CompletionStage<Void> waiting(int place) {
    return raw("Waiting for the worker, place %d in its queue".formatted(place));
  }

  private CompletionStage<Void> raw(String line) {
    return lane.send(new RunReply.LogText(LogText.raw(line) + "\n"));
  }

  @Override
  public CompletionStage<Void> line(String line, boolean redraw) {
    if (!redraw && InferenceLine.begins(line)) {
      return beginInference();
    }
    if (inferring) {
      return lane.send(new InferenceReply.Log(LogText.raw(line)));
    }
    Optional<ModelLine> model = redraw ? Optional.empty() : ModelLine.parse(line);
    if (model.isPresent()) {
      return start(model.get());
    }
    return redraw ? lane.send(new RunReply.Redraw(LogText.raw(line), true)) : raw(line);
  }

  private CompletionStage<Void> start(ModelLine model) {
    if (model.index() <= current) {
      // The job was begun again after the worker had gone.
      return CompletableFuture.completedFuture(null);
    }
    count = model.count();
    if (current > 0) {
      complete(true, false, modelPath);
      String type = model.index() <= models.size() ? models.get(model.index() - 1) : model.name();
      lane.send(new JobReply.ModelType(Texts.line(type, 100)));
    }
    current = model.index();
    modelBegan = System.nanoTime();
    return raw("Training model %d/%d: %s".formatted(current, count, model.name()));
  }

  private CompletionStage<Void> complete(
      boolean success, boolean stoppedEarly, Optional<String> output) {
    String id = count > 1 ? names.jobId() + "_" + Math.max(1, current) : names.jobId();
    return lane.send(
        new JobReply.Complete(id, "train", seconds(modelBegan), success, stoppedEarly, output));
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1_000_000 / 1000.0;
  }

  private CompletionStage<Void> beginInference() {
    if (inferring) {
      return CompletableFuture.completedFuture(null);
    }
    inferring = true;
    complete(true, false, modelPath);
    return lane.send(new InferenceReply.Begin());
  }

  @Override
  public CompletionStage<Void> progress(Progress progress) {
    if (progress.unit().equals("frame")) {
      frames = true;
      return lane.send(new InferenceReply.Progress(progress.done(), progress.total(), 0, 0));
    }
    Matcher epoch = EPOCH.matcher(progress.message());
    return frames || !epoch.find()
        ? CompletableFuture.completedFuture(null)
        : lane.send(
            new JobReply.Progress(
                Long.parseLong(epoch.group(1)),
                value(LOSS, progress.message()),
                value(VALIDATION, progress.message())));
  }

  private static OptionalDouble value(Pattern pattern, String message) {
    Matcher matcher = pattern.matcher(message);
    if (!matcher.find() || !Character.isDigit(matcher.group(1).charAt(0))) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(matcher.group(1)));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  @Override
  public CompletionStage<Void> reported(String json) {
    Optional<JsonFields> own = Reports.own(json);
    if (own.isPresent()) {
      if (own.get().text("event", 100, "").equals("model_end")) {
        modelPath = own.get().optionalText("path", 4096);
      }
    } else if (Reports.isOfTrainer(json)) {
      return lane.send(new RunReply.ProgressReport(json));
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> ended(Jobs jobs, Job job) {
    ModelResults done = ModelResults.of(job);
    if (!inferring) {
      if (job.state() != JobState.SUCCEEDED) {
        names.failed(lane, "train", job, seconds(began));
        return lane.send(new InferenceReply.Skipped(whyNot(job)));
      }
      complete(true, done.stoppedEarly(), done.outputPath());
    }
    return inferred(jobs, job, done);
  }

  private static String whyNot(Job job) {
    return job.state() == JobState.CANCELLED ? "cancelled" : "training_failed";
  }

  private CompletionStage<Void> inferred(Jobs jobs, Job job, ModelResults done) {
    Optional<ModelResults.Inference> inference = done.inference();
    if (inference.isEmpty()) {
      return lane.send(
          new InferenceReply.Skipped(
              job.state() == JobState.SUCCEEDED ? "no_labels_path" : whyNot(job)));
    }
    if (inference.get().state().equals("SKIPPED")) {
      return lane.send(new InferenceReply.Skipped(inference.get().reason()));
    }
    Optional<JobOutput> predictions =
        job.outputs().stream()
            .filter(output -> output.name().equals(inference.get().predictions()))
            .findFirst();
    if (predictions.isEmpty()) {
      String reason = inference.get().reason();
      return lane.send(
          new InferenceReply.Failed(
              reason.isBlank() ? "The inference left no predictions." : reason));
    }
    return results
        .send(jobs, job.id(), predictions.get(), "")
        .thenCompose(sent -> lane.send(new InferenceReply.Complete(inference.get().path())));
  }
}
