package org.peerworks.protocol.sleap.internal.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.Progress;
import org.peerworks.protocol.sleap.internal.wire.RunReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;

/** Tells a tracking package's job (§2.3); the result comes before {@code INFERENCE_JOBS_DONE}. */
final class TrackStory implements Story {

  /** The format has one name for all of them. */
  private static final String NAME = "inference";

  private final Lane lane;
  private final Results results;
  private final String hint;

  TrackStory(Lane lane, Results results, String hint) {
    this.lane = lane;
    this.results = results;
    this.hint = hint;
  }

  @Override
  public boolean endsWithItsReader() {
    return true;
  }

  /**
   * One message and no more, as upstream: its client takes {@code INFERENCE_JOBS_DONE} for a
   * success, whatever came before.
   */
  @Override
  public void refused(Refusal why) {
    lane.send(new RunReply.TrackingError(Texts.line(why.getMessage(), 4000)));
  }

  @Override
  public void accepted(Job job) {
    lane.send(new RunReply.TrackingStart());
    lane.send(new RunReply.TrackStart(NAME));
  }

  @Override
  public CompletionStage<Void> waiting(int place) {
    return say("Waiting for the worker, place %d in its queue".formatted(place));
  }

  private CompletionStage<Void> say(String line) {
    return lane.send(new RunReply.TrackLog(LogText.raw(line)));
  }

  @Override
  public CompletionStage<Void> line(String line, boolean redraw) {
    return say(line);
  }

  @Override
  public CompletionStage<Void> progress(Progress progress) {
    // The log has it.
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> reported(String json) {
    // Nothing listens to a tracking.
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> ended(Jobs jobs, Job job) {
    if (job.state() == JobState.SUCCEEDED) {
      lane.send(new RunReply.TrackEnd(NAME));
    } else {
      say(
          Texts.line(
              job.reason().isBlank() ? "The job has ended as " + job.state() : job.reason(), 4000));
      lane.send(new RunReply.TrackError(NAME, "" + ExitStatus.of(job.reason())));
    }
    CompletionStage<Void> sent =
        job.outputs().isEmpty()
            ? CompletableFuture.completedFuture(null)
            : results.send(jobs, job.id(), job.outputs().get(0), hint);
    return sent.thenCompose(done -> lane.send(new RunReply.TrackingDone()));
  }
}
