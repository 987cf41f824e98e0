package org.peerworks.protocol.sleap.internal.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;
import org.peerworks.protocol.sleap.internal.wire.EndOfFile;
import org.peerworks.protocol.sleap.internal.wire.FileMeta;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.RunReply;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation about one job, from its first message to its last. All calls are serialised by
 * its lock.
 */
abstract class Run implements WorkerLink.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Run.class);
  private static final Pattern DECIDES =
      Pattern.compile(
          "FILE_META|JOB_(ACCEPTED|REJECTED|COMPLETE|FAILED)|TRAIN_JOB_(END|ERROR)|INFERENCE_(COMPLETE|FAILED|SKIPPED)|FILE_UPLOAD_(CACHE_HIT|COMPLETE)");
  private static final int MOST_OUTPUTS = 16;
  private static final int MOST_REPORT = 16 << 10;

  final WorkerLink link;
  final RemoteJob job;
  final ClientSettings settings;
  private final CompletableFuture<Job> accepted = new CompletableFuture<>();
  private IncomingFile incoming;
  private boolean cancelled;
  private long newsAt = System.nanoTime();
  private long endAt = Long.MAX_VALUE;
  private Runnable atEnd = () -> {};

  Run(WorkerLink link, RemoteJob job, ClientSettings settings) {
    this.link = link;
    this.job = job;
    this.settings = settings;
  }

  /** Says the first words. */
  abstract void begin();

  /** Takes a message that is neither a file's nor a report. */
  abstract void said(WorkerMessage message);

  /** A file has come whole. */
  abstract void arrived();

  /** Tells the worker to end the job; throws {@link JobException} if it cannot be told. */
  abstract void tellCancel();

  /** Tells the worker to end early; throws {@link JobException} if it cannot be told. */
  abstract void tellStop();

  /** Passes on a command for the trainer: {@code stop} is the only one that is known. */
  abstract void tellTrainer(String command);

  /** Facts about the job so far. */
  abstract ObjectNode document();

  /** Completes when the worker has taken the job; fails if it has not. */
  final CompletableFuture<Job> accepted() {
    return accepted;
  }

  final void accept() {
    accepted.complete(job.snapshot());
  }

  /** The worker does not take the job. */
  final void refuse(JobException why) {
    accepted.completeExceptionally(why);
    end(JobState.FAILED, why.getMessage());
  }

  final boolean isOver() {
    return job.isFinal();
  }

  final boolean isCancelled() {
    return cancelled;
  }

  @Override
  public final synchronized void onMessage(WorkerMessage message) {
    if (isOver()) {
      return;
    }
    news();
    if (message instanceof FileMeta meta) {
      announced(meta);
    } else if (message instanceof EndOfFile) {
      ended();
    } else if (message instanceof RunReply.ProgressReport report) {
      reported(report.json());
    } else {
      said(message);
    }
  }

  private void news() {
    newsAt = System.nanoTime();
  }

  private void announced(FileMeta meta) {
    if (incoming != null) {
      broken("The worker announced a file in the middle of another.");
    } else if (job.outputs() >= MOST_OUTPUTS) {
      broken("The worker sent more than " + MOST_OUTPUTS + " files.");
    } else {
      try {
        incoming =
            IncomingFile.begin(meta, job.directory(), job.outputs() + 1, settings.freeBytes());
        job.progress(0, incoming.size(), "byte", "The worker sends " + incoming.name());
      } catch (IOException e) {
        broken(e.getMessage());
      }
    }
  }

  @Override
  public final synchronized void onChunk(ByteBuffer chunk) {
    if (isOver()) {
      return;
    }
    news();
    if (incoming == null) {
      broken("The worker sent data that it had not announced.");
      return;
    }
    try {
      incoming.add(chunk);
      job.progress(
          incoming.received(), incoming.size(), "byte", "The worker sends " + incoming.name());
    } catch (IOException e) {
      broken(e.getMessage());
    }
  }

  private void ended() {
    if (incoming == null) {
      return;
    }
    try {
      job.output(incoming.end(), incoming.path());
      incoming = null;
      arrived();
    } catch (IOException e) {
      broken(e.getMessage());
    }
  }

  /** Some trainers send the JSON of a JSON text. Only objects pass, and never as types. */
  private void reported(String json) {
    try {
      JsonNode read = Json.read(json);
      JsonNode report = read.isTextual() ? Json.read(read.textValue()) : read;
      if (report instanceof ObjectNode object) {
        String text = Json.write(object);
        if (text.length() <= MOST_REPORT) {
          job.report(text);
        }
        trainerSaid(object);
      }
    } catch (WireException e) {
      LOG.debug("A message of a trainer is no JSON", e);
    }
  }

  /** A message of the trainer, as plain JSON. */
  void trainerSaid(ObjectNode message) {}

  /** Of what is only shown a piece may be missing; of what decides, none. */
  @Override
  public final synchronized void onBroken(String name, WireException why) {
    if (!isOver() && DECIDES.matcher(name).matches()) {
      broken("The worker sent a message that cannot be read: " + why.getMessage());
    }
  }

  /** What the worker says cannot be trusted any more, and there is no way to begin anew. */
  private void broken(String why) {
    end(cancelled ? JobState.CANCELLED : JobState.FAILED, why);
    link.closeSoon();
  }

  @Override
  public final synchronized void onClosed(String reason) {
    JobException why =
        new JobException(
            JobException.Code.UNAVAILABLE,
            "The connection to the worker was lost: "
                + reason.replaceAll("\\.$", "")
                + ". Nobody can come back to a job of a sleap-rtc worker.");
    accepted.completeExceptionally(why);
    end(cancelled ? JobState.CANCELLED : JobState.LOST, why.getMessage());
  }

  /** Ends the job, and what was received in part is gone. */
  final void end(JobState state, String reason) {
    if (incoming != null) {
      try {
        incoming.abort();
      } catch (IOException e) {
        LOG.warn("A file that was received in part could not be deleted", e);
      }
      incoming = null;
    }
    job.end(state, reason, document());
    accepted.complete(job.snapshot());
  }

  /** Does something if nothing more is said until then. */
  final void afterQuiet(Duration quiet, Runnable then) {
    endAt = System.nanoTime() + quiet.toNanos();
    atEnd = then;
  }

  final void notAfterAll() {
    endAt = Long.MAX_VALUE;
  }

  /** Looks at the clock. */
  final synchronized void tick() {
    if (isOver()) {
      return;
    }
    long now = System.nanoTime();
    if (endAt != Long.MAX_VALUE && now - endAt >= 0) {
      endAt = Long.MAX_VALUE;
      atEnd.run();
    } else if (incoming != null && now - newsAt > settings.stall().toNanos()) {
      broken(
          "The worker stopped in the middle of '%s', after %d of %d bytes."
              .formatted(incoming.name(), incoming.received(), incoming.size()));
    } else if (accepted.isDone() && now - newsAt > settings.silence().toNanos()) {
      end(
          JobState.LOST,
          "The worker has said nothing of the job for "
              + settings.silence().toMinutes()
              + " minutes.");
      link.close();
    }
  }

  final synchronized CompletableFuture<Job> cancel() {
    if (!isOver()) {
      tellCancel();
      cancelled = true;
    }
    return job.ended();
  }

  final synchronized CompletableFuture<Job> stop() {
    if (!isOver()) {
      tellStop();
    }
    return job.ended();
  }

  final synchronized void tell(String json) {
    String command = Json.readObject(json).path("command").asText("");
    if (isOver()) {
      throw new JobException(JobException.Code.INVALID, "The job has ended.");
    }
    if (!command.equals("stop")) {
      throw new JobException(
          JobException.Code.INVALID,
          "A trainer of a sleap-rtc worker knows the command 'stop' only.");
    }
    tellTrainer(command);
  }
}
