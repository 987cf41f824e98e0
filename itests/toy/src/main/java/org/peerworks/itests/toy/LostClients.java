package org.peerworks.itests.toy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;
import org.peerworks.job.api.TransferListener;

/** Clients that hand in a job, begin to follow it and are never heard of again. */
@Component(
    service = LostClients.class,
    property = {
      "osgi.command.scope=toy",
      "osgi.command.function=vanish",
      "osgi.command.function=gone"
    })
public final class LostClients {

  /** So long it takes until their connections are given up, in clients. */
  private static final int HANGING = 5;

  private final JobAccess access;
  private final Deque<Subscription> open = new ArrayDeque<>();
  private int number;

  @Activate
  public LostClients(@Reference(name = "jobs") JobAccess access) {
    this.access = access;
  }

  /** A client that nobody knew before; what it follows stands still from the first word on. */
  public synchronized String vanish() throws Exception {
    number++;
    Jobs jobs = access.as(new Caller("ed25519:" + number, "lost", false));
    JobRequest request =
        new JobRequest(
            "shout",
            "{\"text\": \"anybody there\"}",
            Map.of(),
            5,
            UUID.randomUUID().toString(),
            Duration.ZERO);
    Job job =
        jobs.submit(request, TransferListener.NONE).toCompletableFuture().get(60, TimeUnit.SECONDS);
    open.add(jobs.watch("", 0, new Deaf()));
    open.add(jobs.watch(job.id(), 0, new Deaf()));
    open.add(jobs.followLog(job.id(), 0, new Deaf()));
    while (open.size() > 3 * HANGING) {
      open.remove().close();
    }
    return "id=" + job.id() + "]";
  }

  /** Their connections are given up. */
  @Deactivate
  public synchronized void gone() {
    open.forEach(Subscription::close);
    open.clear();
  }

  private static final class Deaf implements JobEventListener, LogListener {

    @Override
    public CompletionStage<Void> onEvent(JobEvent event) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
      return new CompletableFuture<>();
    }

    @Override
    public void onEnd() {
      // nobody is there
    }

    @Override
    public void onFailed(JobException why) {
      throw why;
    }
  }
}
