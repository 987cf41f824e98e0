package org.peerworks.protocol.sleap.internal.worker;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.Progress;
import org.peerworks.protocol.sleap.internal.wire.JobReply;

/** Tells a structured tracking job (§2.6); the predictions come before {@code JOB_COMPLETE}. */
final class StructuredTrackStory implements Story {

  private final Lane lane;
  private final Results results;
  private final JobNames names;
  private final Optional<String> outputPath;
  private final long began = System.nanoTime();

  StructuredTrackStory(Lane lane, Results results, JobNames names, Optional<String> outputPath) {
    this.lane = lane;
    this.results = results;
    this.names = names;
    this.outputPath = outputPath;
  }

  /** Its predictions lie on the worker as well. */
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
    return line("Waiting for the worker, place %d in its queue".formatted(place), false);
  }

  @Override
  public CompletionStage<Void> line(String line, boolean redraw) {
    return lane.send(new JobReply.Log(LogText.raw(line), redraw));
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
    double seconds = (System.nanoTime() - began) / 1_000_000 / 1000.0;
    if (job.state() != JobState.SUCCEEDED) {
      names.failed(lane, "track", job, seconds);
      return CompletableFuture.completedFuture(null);
    }
    ModelResults done = ModelResults.of(job);
    CompletionStage<Void> sent =
        job.outputs().isEmpty()
            ? CompletableFuture.completedFuture(null)
            : results.send(jobs, job.id(), job.outputs().get(0), "");
    return sent.thenCompose(
        told ->
            lane.send(
                new JobReply.Complete(
                    names.jobId(),
                    "track",
                    seconds,
                    true,
                    done.stoppedEarly(),
                    done.outputPath().or(() -> outputPath))));
  }
}
