package org.peerworks.protocol.sleap.internal.worker;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.Progress;
import org.peerworks.protocol.sleap.internal.wire.JsonFields;
import org.peerworks.protocol.sleap.internal.wire.RunReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;

/**
 * Tells a training package's job (§2.3): start, log and end of each model, then {@code
 * TRAINING_JOBS_DONE}, then the result. The client takes raw text for log, so that is also how it
 * is told anything that the format has no word for.
 */
final class TrainStory implements Story {

  private final Lane lane;
  private final Results results;
  private final String stem;
  private final String hint;
  private final boolean gui;
  private final ModelTurns turns = new ModelTurns();
  private final Set<String> started = new HashSet<>();
  private String running = "";

  /**
   * @param stem of the package's name, which stands for its models as long as none is known
   * @param hint where the client wants the result
   * @param gui whether it wants to see what the trainer reports
   */
  TrainStory(Lane lane, Results results, String stem, String hint, boolean gui) {
    this.lane = lane;
    this.results = results;
    this.stem = stem;
    this.hint = hint;
    this.gui = gui;
  }

  @Override
  public boolean endsWithItsReader() {
    return true;
  }

  @Override
  public void refused(Refusal why) {
    say(why.getMessage());
    lane.send(new RunReply.TrainError(stem, "1"));
    finishWithNothing();
  }

  /** Clients wait for a file even if every model failed, as upstream always sends one (§3.3). */
  private CompletionStage<Void> finishWithNothing() {
    lane.send(new RunReply.TrainingDone());
    return results.sendEmptyArchive("trained_" + stem + ".zip", hint);
  }

  private CompletionStage<Void> say(String line) {
    return lane.send(new RunReply.LogText(LogText.raw(Texts.line(line, 4000)) + "\n"));
  }

  @Override
  public void accepted(Job job) {
    // The start of the first model says it.
  }

  @Override
  public CompletionStage<Void> waiting(int place) {
    return say("Waiting for the worker, place %d in its queue".formatted(place));
  }

  @Override
  public synchronized CompletionStage<Void> line(String line, boolean redraw) {
    Optional<ModelTurns.Turn> turn = redraw ? Optional.empty() : turns.passed(line);
    if (turn.isPresent()) {
      return start(turn.get().name());
    }
    String text = LogText.raw(line);
    return lane.send(redraw ? new RunReply.Redraw(text, false) : new RunReply.LogText(text + "\n"));
  }

  private CompletionStage<Void> start(String model) {
    started.add(model);
    if (!running.isEmpty()) {
      lane.send(new RunReply.TrainEnd(running));
    }
    running = model;
    return lane.send(new RunReply.TrainStart(model));
  }

  @Override
  public CompletionStage<Void> progress(Progress progress) {
    // The log has it.
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Void> reported(String json) {
    Optional<JsonFields> own = Reports.own(json);
    if (own.isPresent()) {
      Optional<ModelTurns.Turn> turn = turns.reported(own.get());
      if (turn.isPresent()) {
        return start(turn.get().name());
      }
    } else if (gui && Reports.isOfTrainer(json)) {
      return lane.send(new RunReply.ProgressReport(json));
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Void> ended(Jobs jobs, Job job) {
    List<ModelResults.Model> models = ModelResults.of(job).models();
    boolean told = false;
    for (ModelResults.Model model : models) {
      told |= tell(model);
    }
    boolean succeeded = job.state() == org.peerworks.job.api.JobState.SUCCEEDED;
    if (!succeeded && !told) {
      say(job.reason().isBlank() ? "The job has ended as " + job.state() : job.reason());
      String model = running.isEmpty() ? stem : running;
      lane.send(new RunReply.TrainError(model, "" + ExitStatus.of(job.reason())));
    }
    if (job.outputs().isEmpty()) {
      return finishWithNothing();
    }
    lane.send(new RunReply.TrainingDone());
    return results.send(jobs, job.id(), job.outputs().get(0), hint);
  }

  /**
   * @return whether a failure was told
   */
  private boolean tell(ModelResults.Model model) {
    boolean current = model.config().equals(running);
    if (model.state().equals("SKIPPED") || (started.contains(model.config()) && !current)) {
      return false;
    }
    if (!current) {
      start(model.config());
    }
    running = "";
    if (model.succeeded()) {
      lane.send(new RunReply.TrainEnd(model.config()));
      return false;
    }
    say(model.reason());
    lane.send(new RunReply.TrainError(model.config(), "" + ExitStatus.of(model.reason())));
    return true;
  }
}
