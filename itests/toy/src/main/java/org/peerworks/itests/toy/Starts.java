package org.peerworks.itests.toy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.Subscription;
import org.peerworks.job.api.TransferListener;

/** How long it takes from a submit to the program that runs. */
@Component(
    service = Starts.class,
    property = {"osgi.command.scope=toy", "osgi.command.function=starts"})
public final class Starts {

  private final Jobs jobs;

  @Activate
  public Starts(@Reference(name = "jobs") JobAccess access) {
    jobs = access.as(new Caller("ed25519:starts", "starts", false));
  }

  /** Of so many jobs, one after the other: {@code p50 MILLIS p99 MILLIS}. */
  public String starts(int count) throws Exception {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      millis[i] = start();
    }
    Arrays.sort(millis);
    return String.format(
        Locale.ROOT, "p50 %.2f p99 %.2f", millis[count / 2], millis[count * 99 / 100]);
  }

  private double start() throws Exception {
    Instant now = Instant.now();
    JobRequest request =
        new JobRequest("date", "{}", Map.of(), 5, UUID.randomUUID().toString(), Duration.ZERO);
    String id = get(jobs.submit(request, TransferListener.NONE)).id();
    Ended ended = new Ended();
    Subscription watched = jobs.watch(id, 0, ended);
    try {
      ended.future.get(60, TimeUnit.SECONDS);
    } finally {
      watched.close();
    }
    String document = get(jobs.get(id)).document().orElseThrow();
    long ran = Long.parseLong(document.replaceAll("\\D", ""));
    long submitted = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    return (ran - submitted) / 1e6;
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static final class Ended implements JobEventListener {

    private final CompletableFuture<Void> future = new CompletableFuture<>();

    @Override
    public CompletionStage<Void> onEvent(JobEvent event) {
      if (event instanceof JobEvent.StateChanged changed && changed.state().isFinal()) {
        if (changed.state() == JobState.SUCCEEDED) {
          future.complete(null);
        } else {
          future.completeExceptionally(new IllegalStateException(changed.reason()));
        }
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onFailed(JobException why) {
      future.completeExceptionally(why);
    }
  }
}
