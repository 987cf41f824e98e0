package org.peerworks.cli.job;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.monitor.JobWatch;
import org.peerworks.cli.terminal.Console;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;

/** Shows what happens to a job until it ends: its place in the queue, its log, its progress. */
public final class JobFollower {

  /** A log that has nothing more for so long is taken to be all there is now. */
  private static final long PAUSE_MILLIS = 1000;

  private final Connection connection;
  private final Console console;

  private final JobWatch watch;

  public JobFollower(Connection connection, Console console) {
    this(connection, console, JobWatch.NONE);
  }

  /**
   * @param watch hears of the events too
   */
  public JobFollower(Connection connection, Console console, JobWatch watch) {
    this.connection = connection;
    this.console = console;
    this.watch = watch;
  }

  /**
   * Follows a job until it is final and its log was shown.
   *
   * @return the job in its final state
   * @throws InterruptedException if this thread was interrupted; the job goes on
   */
  public Job follow(String id) throws InterruptedException {
    Events events = new Events();
    Log log = new Log();
    Subscription watching = connection.jobs().watch(id, 0, events);
    Subscription reading = connection.jobs().followLog(id, 0, log);
    try {
      connection.await(events.end);
      connection.await(log.end);
    } finally {
      watching.close();
      reading.close();
      events.ended = true;
      console.endStatus();
    }
    Job job = connection.await(connection.jobs().get(id));
    if (!job.state().isFinal()) {
      throw CommandFailure.noConnection(
          "The worker stopped reporting on job " + id + ", which is " + job.state() + " there.");
    }
    return job;
  }

  /**
   * Shows a job's log.
   *
   * @param offset first byte
   * @param wait whether to go on until the job is final; else until nothing more comes
   * @return whether there is a log: it was shown, or it belongs to a job that runs and has said
   *     nothing yet
   */
  public boolean log(String id, long offset, boolean wait) throws InterruptedException {
    Log log = new Log();
    Subscription reading = connection.jobs().followLog(id, offset, log);
    try {
      connection.await(wait ? log.end : log.pause());
    } finally {
      reading.close();
      log.text.end();
    }
    // Who may not read a log is told its end at once.
    return log.chunks.get() > 0 || !log.end.isDone();
  }

  private final class Events implements JobEventListener {
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final WorkProgress progress =
        new WorkProgress(console::bar, console::fitting, System::nanoTime);
    private int place;
    private volatile boolean ended;

    @Override
    public CompletionStage<Void> onEvent(JobEvent event) {
      if (ended) {
        return CompletableFuture.completedFuture(null);
      }
      watch.event(event);
      if (event instanceof JobEvent.QueueMoved moved) {
        queued(moved.position());
      } else if (event instanceof JobEvent.Progressed progressed) {
        console.status(progress.line(progressed.progress()));
        console.event("progress", "progress", JobJson.progress(progressed.progress()));
      } else if (event instanceof JobEvent.StateChanged changed) {
        console.event("state", "state", changed.state().name(), "reason", changed.reason());
        if (changed.state() == JobState.RUNNING) {
          console.endStatus();
          console.say("The job runs.");
          watch.say("The job runs.");
        }
      }
      return CompletableFuture.completedFuture(null);
    }

    private void queued(int position) {
      if (position == place || position == 0) {
        return;
      }
      place = position;
      console.say("Place " + position + " in the queue");
      watch.say("Place " + position + " in the queue");
      console.event("queued", "place", position);
    }

    @Override
    public void onEnd() {
      end.complete(null);
    }

    @Override
    public void onFailed(JobException why) {
      end.completeExceptionally(why);
    }
  }

  private final class Log implements LogListener {
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final LogText text = new LogText(console::log);
    private final AtomicLong chunks = new AtomicLong();

    @Override
    public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
      chunks.incrementAndGet();
      text.accept(chunk);
      return CompletableFuture.completedFuture(null);
    }

    /** Completes at the end, or when nothing has come for a while. */
    private CompletionStage<Void> pause() {
      long before = chunks.get();
      return CompletableFuture.anyOf(
              end, new CompletableFuture<>().completeOnTimeout(null, PAUSE_MILLIS, MILLISECONDS))
          .thenCompose(
              nothing ->
                  end.isDone() || chunks.get() == before
                      ? CompletableFuture.<Void>completedFuture(null)
                      : pause());
    }

    @Override
    public void onEnd() {
      text.end();
      end.complete(null);
    }

    @Override
    public void onFailed(JobException why) {
      text.end();
      end.completeExceptionally(why);
    }
  }
}
