package org.peerworks.protocol.sleap.internal.worker;

import java.util.concurrent.CompletionStage;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.Progress;

/**
 * How one job is told to its client, in the words of the client's generation. Calls about the log
 * come one at a time; the others may come beside them.
 */
interface Story {

  /** Whether the job is cancelled when nobody is left to read of it. */
  boolean endsWithItsReader();

  /** The job will not run, or nothing more can be known of it. The last call. */
  void refused(Refusal why);

  /** The job was handed in. */
  void accepted(Job job);

  /** It waits at this place of the queue, from 1. */
  CompletionStage<Void> waiting(int place);

  /** It still waits there, and nothing else was said for a while. */
  default CompletionStage<Void> stillWaiting(int place) {
    return waiting(place);
  }

  /**
   * @return completes when there is room for more, as with the other news
   */
  CompletionStage<Void> line(String line, boolean redraw);

  CompletionStage<Void> progress(Progress progress);

  CompletionStage<Void> reported(String json);

  /**
   * The job is final and all of its log was told.
   *
   * @param jobs those of the client, to read the outputs
   * @return completes when all is told. The last call
   */
  CompletionStage<Void> ended(Jobs jobs, Job job);
}
