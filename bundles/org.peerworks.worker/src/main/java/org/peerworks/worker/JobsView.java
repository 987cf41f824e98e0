package org.peerworks.worker;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobTypeInfo;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.Subscription;

/** What the room wants to know of the jobs: which types there are, and how many jobs run. */
final class JobsView {

  /**
   * @param types names of job types
   * @param kinds of the slots that these types take
   * @param running jobs that run
   */
  record Load(List<String> types, Set<String> kinds, int running) {}

  private static final JobQuery RUNNING = new JobQuery(Set.of(JobState.RUNNING), false, "", 1000);

  private final Jobs jobs;
  private final Subscription events;

  /**
   * @param changed called when the load may have changed; returns at once
   * @param lost called when this view learns of no more changes; returns at once
   */
  JobsView(JobAccess access, Runnable changed, Consumer<JobException> lost) {
    jobs = access.as(Caller.console());
    events =
        jobs.watch(
            "",
            Long.MAX_VALUE,
            new JobEventListener() {
              @Override
              public CompletionStage<Void> onEvent(JobEvent event) {
                if (event instanceof JobEvent.StateChanged) {
                  changed.run();
                }
                return CompletableFuture.completedFuture(null);
              }

              @Override
              public void onFailed(JobException why) {
                lost.accept(why);
              }
            });
  }

  CompletionStage<Load> load() {
    return jobs.types()
        .thenCombine(
            jobs.list(RUNNING),
            (types, page) ->
                new Load(
                    types.stream().map(JobTypeInfo::name).distinct().sorted().toList(),
                    types.stream().map(JobTypeInfo::slots).collect(Collectors.toSet()),
                    page.jobs().size()));
  }

  void close() {
    events.close();
  }
}
