package org.peerworks.protocol.sleap.internal.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;
import org.peerworks.protocol.sleap.internal.wire.InferenceReply;
import org.peerworks.protocol.sleap.internal.wire.JobCommand;
import org.peerworks.protocol.sleap.internal.wire.JobReply;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.RunReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessage;

/**
 * A structured job (sleap-rtc wire format §2.6). The worker tells the end of each model, then of
 * the tracking that may follow; the job is done only when all of that is.
 */
final class StructuredRun extends Run {

  private final JobSpecs.Spec spec;
  private final String clientId;
  private final boolean awaitsTracking;
  private final ArrayNode models = Json.object().putArray("models");
  private final ObjectNode facts = Json.object();
  private String model = "";
  private String failure = "";
  private boolean stopped;

  /**
   * @param clientId 8 hexadecimal digits
   */
  StructuredRun(
      WorkerLink link,
      RemoteJob job,
      ClientSettings settings,
      JobSpecs.Spec spec,
      String clientId) {
    super(link, job, settings);
    this.spec = spec;
    this.clientId = clientId;
    this.awaitsTracking = spec.train() && spec.infer();
  }

  @Override
  synchronized void begin() {
    link.send(new JobCommand.Submit(clientId, spec.json()));
    afterQuiet(
        settings.answer(),
        () ->
            refuse(
                new JobException(
                    JobException.Code.UNAVAILABLE,
                    "The worker did not say whether it takes the job. Is it of another generation? See --protocol.")));
  }

  @Override
  void said(WorkerMessage message) {
    if (message instanceof JobReply reply) {
      saidOfJob(reply);
    } else if (message instanceof InferenceReply reply) {
      saidOfTracking(reply);
    } else if (message instanceof RunReply.LogText text) {
      goesOn();
      job.log().append(text.text());
    } else if (message instanceof RunReply.Redraw redraw) {
      goesOn();
      job.say(Texts.line(redraw.line(), 200));
    }
  }

  /** A worker that works has not ended, whatever it said of one of the models. */
  private void goesOn() {
    if (accepted().isDone()) {
      job.running();
      notAfterAll();
      if (!failure.isEmpty()) {
        afterQuiet(settings.afterwards(), this::finish);
      }
    }
  }

  private void saidOfJob(JobReply reply) {
    if (reply instanceof JobReply.Accepted taken) {
      notAfterAll();
      facts.put("worker_job", Texts.line(taken.jobId(), 100));
      accept();
      job.running();
    } else if (reply instanceof JobReply.Rejected rejected) {
      rejected(rejected);
    } else if (reply instanceof JobReply.ModelType type) {
      goesOn();
      model = Texts.line(type.type(), 100);
      job.progress(0, spec.epochs(), "epoch", "Training " + model);
    } else if (reply instanceof JobReply.Log log && log.redraw()) {
      goesOn();
      job.say(Texts.line(log.line(), 200));
    } else if (reply instanceof JobReply.Log log) {
      goesOn();
      job.log().append(log.line() + "\n");
    } else if (reply instanceof JobReply.Progress progress) {
      goesOn();
      job.progress(progress.epoch(), spec.epochs(), "epoch", losses(progress));
    } else if (reply instanceof JobReply.Complete complete) {
      completed(complete);
    } else if (reply instanceof JobReply.Failed failed) {
      failed(failed);
    }
  }

  private void rejected(JobReply.Rejected rejected) {
    String why =
        rejected.problems().stream()
            .limit(20)
            .map(
                problem ->
                    (problem.field().isEmpty() ? "" : "'" + problem.field() + "': ")
                        + problem.message().strip()
                        + (problem.path().isEmpty() || problem.message().contains(problem.path())
                            ? ""
                            : " (" + problem.path() + ")"))
            .map(problem -> Texts.line(problem, 400))
            .collect(Collectors.joining("; "));
    String message =
        "The worker rejected the job: " + (why.isEmpty() ? "it gave no reason" : why) + ".";
    if (accepted().isDone()) {
      end(JobState.FAILED, message);
    } else {
      refuse(new JobException(JobException.Code.INVALID, message));
    }
  }

  private static String losses(JobReply.Progress progress) {
    StringBuilder text = new StringBuilder();
    progress.loss().ifPresent(loss -> text.append("loss ").append(shown(loss)));
    progress
        .validationLoss()
        .ifPresent(
            loss ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append("validation loss ")
                    .append(shown(loss)));
    return text.toString();
  }

  private static String shown(double loss) {
    return String.format(java.util.Locale.ROOT, "%.6g", loss);
  }

  private void completed(JobReply.Complete complete) {
    complete.outputPath().ifPresent(this::lies);
    stopped |= complete.stoppedEarly();
    if (!complete.success()) {
      failure = "The worker says that the program did not succeed; its log says more.";
    }
    if (!spec.train()) {
      finish();
      return;
    }
    record(complete.success() ? "SUCCEEDED" : "FAILED", complete.seconds(), failure);
    if (models.size() < spec.models() && !isCancelled()) {
      goesOn();
    } else if (awaitsTracking && failure.isEmpty() && !isCancelled()) {
      job.say("Is there tracking to follow?");
      afterQuiet(settings.afterwards(), this::finish);
    } else {
      finish();
    }
  }

  /** Where the outcome of one model or tracking is at the worker. */
  private void lies(String path) {
    String before = facts.path("worker_path").asText("");
    facts.put("worker_path", (before.isEmpty() ? "" : before + ", ") + Texts.line(path, 1000));
  }

  private void failed(JobReply.Failed failed) {
    String message = Texts.line(failed.message(), 2000);
    failure =
        (message.isEmpty() ? "The program failed; its log says more." : message)
            + (failed.exitCode() != 0 ? " (exit status " + failed.exitCode() + ")" : "");
    if (spec.train()) {
      record("FAILED", failed.seconds(), failure);
    }
    if (spec.train() && models.size() < spec.models() && !isCancelled()) {
      // Some workers go on with the next model, others end here without a word.
      afterQuiet(settings.afterwards(), this::finish);
    } else {
      finish();
    }
  }

  private void record(String state, double seconds, String reason) {
    int index = models.size();
    String name = index < spec.names().size() ? spec.names().get(index) : model;
    models
        .addObject()
        .put("config", name)
        .put("folder", "")
        .put("state", state)
        .put("seconds", Double.isFinite(seconds) ? seconds : 0)
        .put("reason", reason);
  }

  private void saidOfTracking(InferenceReply reply) {
    if (reply instanceof InferenceReply.Begin) {
      notAfterAll();
      job.progress(0, 0, "frame", "Tracking with the new models");
    } else if (reply instanceof InferenceReply.Log log) {
      job.log().append(log.line() + "\n");
    } else if (reply instanceof InferenceReply.Progress progress) {
      job.progress(progress.processed(), progress.total(), "frame", "");
    } else if (reply instanceof InferenceReply.Complete complete) {
      complete
          .predictionsPath()
          .ifPresent(path -> facts.put("worker_predictions", Texts.line(path, 1000)));
      finish();
    } else if (reply instanceof InferenceReply.Failed failed) {
      if (failure.isEmpty()) {
        failure =
            "The models are trained, but the tracking with them failed: "
                + Texts.line(failed.error(), 1000);
      }
      finish();
    } else if (reply instanceof InferenceReply.Skipped skipped) {
      facts.put("tracking_skipped", Texts.line(skipped.reason(), 100));
      if (models.size() >= spec.models() || !failure.isEmpty() || isCancelled()) {
        finish();
      }
    }
  }

  @Override
  void arrived() {
    // What follows says how it went.
  }

  private void finish() {
    if (isCancelled()) {
      end(JobState.CANCELLED, "Cancelled.");
    } else if (failure.isEmpty()) {
      end(JobState.SUCCEEDED, stopped ? "Stopped early." : "");
    } else {
      end(JobState.FAILED, failure);
    }
  }

  @Override
  void tellCancel() {
    link.send(new JobCommand.Cancel());
    afterQuiet(settings.answer(), this::unconfirmed);
  }

  private void unconfirmed() {
    end(
        JobState.CANCELLED,
        "The worker was told to end the job, but did not say that it has. It may still run.");
  }

  @Override
  void tellStop() {
    if (!spec.train()) {
      throw new JobException(
          JobException.Code.INVALID, "A tracking job cannot end early. Cancel it.");
    }
    link.send(new JobCommand.Stop());
  }

  @Override
  void tellTrainer(String command) {
    if (!spec.train()) {
      throw new JobException(JobException.Code.INVALID, "A tracking job takes no commands.");
    }
    link.send(new JobCommand.Control(command));
  }

  @Override
  ObjectNode document() {
    ObjectNode document = facts.deepCopy();
    if (spec.train()) {
      document.set("models", models.deepCopy());
    }
    job.outputName().ifPresent(name -> document.put("predictions", name));
    if (stopped) {
      document.put("stopped_early", true);
    }
    return document;
  }
}
