package org.peerworks.protocol.sleap.internal.worker;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

  private final Lane lane;
  private final Results results;
  private final JobNames names;
  private final List<String> models;
  private final ModelTurns turns = new ModelTurns();
  private final long began = System.nanoTime();
  private long modelBegan = began;
  private int current;
  private int count = 1;
  private boolean inferring;
  private FrameRate frames;

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

  /**
   * A client gives up after 600 s without a {@code JOB_…} message that it knows (§2.6), and plain
   * text is none. What it was told first it knows, and it says nothing of how the training goes.
   */
  @Override
  public CompletionStage<Void> stillWaiting(int place) {
    return names.accepted(lane);
  }

  private CompletionStage<Void> raw(String line) {
    return lane.send(new RunReply.LogText(LogText.raw(line) + "\n"));
  }

  @Override
  public synchronized CompletionStage<Void> line(String line, boolean redraw) {
    if (redraw) {
      return inferring
          ? lane.send(new InferenceReply.Log(LogText.raw(line)))
          : lane.send(new RunReply.Redraw(LogText.raw(line), true));
    }
    turns.passed(line).ifPresent(this::begin);
    if (turns.inferring() && !inferring) {
      return beginInference();
    }
    return inferring ? lane.send(new InferenceReply.Log(LogText.raw(line))) : raw(line);
  }

  private void begin(ModelTurns.Turn turn) {
    if (current > 0) {
      complete(true, turns.stopped(current), turns.path(current));
      String type = turn.index() <= models.size() ? models.get(turn.index() - 1) : turn.name();
      lane.send(new JobReply.ModelType(Texts.line(type, 100)));
    }
    count = turn.count();
    current = turn.index();
    modelBegan = System.nanoTime();
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
    inferring = true;
    frames = new FrameRate(System::nanoTime);
    int last = Math.max(1, current);
    complete(true, turns.stopped(last), turns.path(last));
    return lane.send(new InferenceReply.Begin());
  }

  @Override
  public synchronized CompletionStage<Void> progress(Progress progress) {
    if (inferring && progress.unit().equals("frame")) {
      frames.reached(progress.done());
      return lane.send(
          new InferenceReply.Progress(
              progress.done(),
              progress.total(),
              frames.perSecond(),
              frames.secondsFor(progress.total() - progress.done())));
    }
    Optional<EpochText> epoch = EpochText.in(progress.message());
    return inferring || epoch.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : lane.send(
            new JobReply.Progress(
                epoch.get().epoch(), epoch.get().loss(), epoch.get().validationLoss()));
  }

  @Override
  public synchronized CompletionStage<Void> reported(String json) {
    Optional<JsonFields> own = Reports.own(json);
    if (own.isPresent()) {
      turns.reported(own.get()).ifPresent(this::begin);
      if (turns.inferring() && !inferring) {
        return beginInference();
      }
    } else if (Reports.isOfTrainer(json)) {
      return lane.send(new RunReply.ProgressReport(json));
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Void> ended(Jobs jobs, Job job) {
    ModelResults done = ModelResults.of(job);
    if (!inferring) {
      catchUp(done);
      if (job.state() != JobState.SUCCEEDED) {
        names.failed(lane, "train", job, seconds(began));
        return lane.send(new InferenceReply.Skipped(whyNot(job)));
      }
      complete(true, done.stoppedEarly(), done.outputPath());
    }
    return inferred(jobs, job, done);
  }

  /** Models of which a client that does not keep up was not told. */
  private void catchUp(ModelResults done) {
    List<ModelResults.Model> all = done.models();
    for (int i = current; i < all.size() && !all.get(i).state().equals("SKIPPED"); i++) {
      begin(new ModelTurns.Turn(i + 1, all.size(), all.get(i).config()));
    }
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
    if (!inferring) {
      lane.send(new InferenceReply.Begin());
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
