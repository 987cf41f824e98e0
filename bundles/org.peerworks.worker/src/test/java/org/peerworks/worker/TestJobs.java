package org.peerworks.worker;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobTypeInfo;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.Subscription;

/** Jobs in memory: types, how many run, and who watches. */
final class TestJobs implements JobAccess {

  volatile List<String> types = List.of("track", "train", "other");
  volatile String kind = "cpu";
  volatile JobEventListener listener;
  private volatile int running;

  void runs(int jobs) {
    running = jobs;
    listener.onEvent(new JobEvent.StateChanged(1, "1", Instant.EPOCH, JobState.RUNNING, ""));
  }

  @Override
  public Jobs as(Caller caller) {
    return (Jobs)
        Proxy.newProxyInstance(
            TestJobs.class.getClassLoader(),
            new Class<?>[] {Jobs.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "types" ->
                      CompletableFuture.completedFuture(
                          types.stream()
                              .map(name -> new JobTypeInfo(name, "1", kind, "{}"))
                              .toList());
                  case "list" -> CompletableFuture.completedFuture(new JobPage(jobs(), ""));
                  case "watch" -> {
                    listener = (JobEventListener) arguments[2];
                    yield (Subscription) () -> listener = null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < running; i++) {
      jobs.add(
          new Job(
              "job" + i,
              "train",
              "1",
              JobState.RUNNING,
              "",
              "me",
              "me",
              5,
              0,
              "{}",
              Instant.EPOCH,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              List.of()));
    }
    return jobs;
  }
}
