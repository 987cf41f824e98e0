package org.peerworks.protocol.sleap.internal.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;
import org.peerworks.protocol.sleap.internal.wire.JobCommand;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.PackageRequest;
import org.peerworks.protocol.sleap.internal.wire.RunReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessage;

/**
 * A job in a package (sleap-rtc wire format §2.2, §2.3), which every generation takes: a log, one
 * result for each model, then one file.
 */
final class PackageRun extends Run {

  private final Generation generation;
  private final boolean track;
  private final Delivery delivery;
  private final ArrayNode models = Json.object().putArray("models");
  private String training = "";
  private String failure = "";
  private boolean done;
  private boolean stopped;

  PackageRun(
      WorkerLink link,
      RemoteJob job,
      ClientSettings settings,
      Generation generation,
      Delivery delivery) {
    super(link, job, settings);
    this.generation = generation;
    this.track = job.request().type().equals("track");
    this.delivery = delivery;
  }

  @Override
  synchronized void begin() {
    delivery
        .deliver(link)
        .whenComplete(
            (nothing, failed) -> {
              if (failed == null) {
                accept();
              } else {
                refused(failed);
              }
            });
  }

  private synchronized void refused(Throwable failed) {
    refuse(Refusals.of(failed));
  }

  @Override
  void said(WorkerMessage message) {
    if (!accepted().isDone() && delivery.said(message)) {
      return;
    }
    if (message instanceof RunReply.LogText text) {
      job.running();
      job.log().append(text.text());
    } else if (message instanceof RunReply.Redraw redraw) {
      job.say(Texts.line(redraw.line(), 200));
    } else if (message instanceof RunReply.TrackLog line) {
      job.log().append(line.line() + "\n");
    } else if (message instanceof RunReply.TrainStart start) {
      job.running();
      began(start.model());
    } else if (message instanceof RunReply.TrainEnd end) {
      model(end.model(), "SUCCEEDED", "");
    } else if (message instanceof RunReply.TrainError error) {
      model(error.model(), "FAILED", status("The training", error.status()));
    } else if (message instanceof RunReply.TrainingDone) {
      done = true;
      if (isCancelled()) {
        finish();
      } else {
        awaitFile();
      }
    } else {
      saidOfTracking(message);
    }
  }

  private void saidOfTracking(WorkerMessage message) {
    if (message instanceof RunReply.TrackingStart || message instanceof RunReply.TrackStart) {
      job.running();
    } else if (message instanceof RunReply.TrackError error) {
      failure = status("The tracking", error.status());
      afterQuiet(settings.afterwards(), this::finish);
    } else if (message instanceof RunReply.TrackingError error) {
      failure = "The worker could not begin: " + Texts.line(error.message(), 300);
      afterQuiet(settings.afterwards(), this::finish);
    } else if (message instanceof RunReply.TrackingDone) {
      done = true;
      finish();
    }
  }

  private static String status(String what, String status) {
    return what
        + " ended with exit status "
        + (status.isBlank() ? "unknown" : Texts.line(status, 40))
        + "; its log says more.";
  }

  @Override
  void trainerSaid(ObjectNode message) {
    if (message.path("event").asText("").equals("epoch_end") && message.path("epoch").isInt()) {
      job.progress(message.path("epoch").intValue(), 0, "epoch", training);
    }
  }

  private void began(String model) {
    training = "Training " + Texts.line(model, 100);
    job.progress(models.size(), 0, "model", training);
    if (isCancelled() || stopped) {
      link.send(new PackageRequest.ZmqControl("stop"));
    }
  }

  private void model(String name, String state, String reason) {
    String config = Texts.line(name, 200);
    models
        .addObject()
        .put("config", config)
        .put("folder", config)
        .put("state", state)
        .put("reason", reason);
    if (!reason.isEmpty() && failure.isEmpty()) {
      failure = "Model '" + config + "': " + reason;
    }
  }

  /** The file of a training comes behind its last model; a worker that has none says nothing. */
  private void awaitFile() {
    if (job.hasOutputs()) {
      finish();
    } else {
      job.say("Waiting for the models");
      afterQuiet(settings.stall(), this::finish);
    }
  }

  @Override
  void arrived() {
    notAfterAll();
    if (!track || done) {
      finish();
    } else {
      // The end is said behind the file, but not by all workers.
      afterQuiet(settings.afterwards(), this::finish);
    }
  }

  private void finish() {
    if (isCancelled()) {
      end(JobState.CANCELLED, "Cancelled.");
    } else if (!failure.isEmpty()) {
      end(JobState.FAILED, failure);
    } else if (job.hasOutputs()) {
      end(JobState.SUCCEEDED, "");
    } else {
      end(
          JobState.FAILED,
          track
              ? "The worker says that it is done, but has sent no predictions; workers of some"
                  + " versions never do. Where labels and models lie at the worker, 'track' with"
                  + " their paths there works."
              : "The worker says that it is done, but has sent no models.");
    }
  }

  @Override
  void tellCancel() {
    if (generation == Generation.G3) {
      // Which of the two it hears depends on its version; the other one it ignores.
      link.send(new JobCommand.Cancel());
      if (!track) {
        link.send(new PackageRequest.ZmqControl("stop"));
      }
      afterQuiet(settings.answer(), this::finish);
    } else if (generation == Generation.G1 && !track) {
      link.send(new PackageRequest.ZmqControl("stop"));
    } else {
      throw new JobException(
          JobException.Code.INVALID,
          "A sleap-rtc worker of generation %s cannot be told to end a %s job. It goes on until its program ends."
              .formatted(generation.label(), job.request().type()));
    }
  }

  @Override
  void tellStop() {
    if (track) {
      throw new JobException(
          JobException.Code.INVALID, "A tracking job cannot end early. Cancel it.");
    }
    stopped = true;
    link.send(
        generation == Generation.G3
            ? new JobCommand.Stop()
            : new PackageRequest.ZmqControl("stop"));
  }

  @Override
  void tellTrainer(String command) {
    tellStop();
  }

  @Override
  ObjectNode document() {
    ObjectNode document = Json.object();
    if (track) {
      job.outputName().ifPresent(name -> document.put("predictions", name));
    } else {
      document.set("models", models);
    }
    if (stopped) {
      document.put("stopped_early", true);
    }
    return document;
  }
}
