package org.peerworks.protocol.sleap.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;
import org.peerworks.protocol.sleap.internal.wire.InputReply;
import org.peerworks.protocol.sleap.internal.wire.InputRequest;
import org.peerworks.protocol.sleap.internal.wire.JobReply;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.PackageRequest;
import org.peerworks.protocol.sleap.internal.wire.RunReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessage;

/**
 * A package that lies in the worker's input directory (sleap-rtc wire format §2.4). Its results
 * stay there.
 */
final class InputRun extends Run {

  private final String name;
  private final ObjectNode facts = Json.object();
  private boolean stopped;

  /**
   * @param name bare file name in the worker's input directory
   */
  InputRun(WorkerLink link, RemoteJob job, ClientSettings settings, String name) {
    super(link, job, settings);
    this.name = name;
  }

  @Override
  synchronized void begin() {
    if (job.request().type().equals("track")) {
      link.send(new PackageRequest.PackageType("track"));
    }
    link.send(new InputRequest.JobId(job.id()));
    link.send(new InputRequest.InputFile(name));
    afterQuiet(
        settings.answer(),
        () ->
            refuse(
                new JobException(
                    JobException.Code.UNAVAILABLE,
                    "The worker did not say whether it has '" + name + "'.")));
  }

  @Override
  void said(WorkerMessage message) {
    if (message instanceof InputReply.FileExists) {
      notAfterAll();
      accept();
    } else if (message instanceof InputReply.FileNotFound missing) {
      refuse(
          new JobException(
              JobException.Code.INVALID,
              "The worker has no '%s' in its input directory: %s"
                  .formatted(name, Texts.line(missing.reason(), 300))));
    } else if (message instanceof InputReply.PathError error) {
      refuse(
          new JobException(
              JobException.Code.INVALID,
              "The worker refused '%s': %s".formatted(name, Texts.line(error.message(), 300))));
    } else if (message instanceof InputReply.JobOutputPath path) {
      facts.put("worker_path", Texts.line(path.path(), 1000));
      notAfterAll();
      accept();
      job.running();
    } else if (message instanceof RunReply.LogText text) {
      job.running();
      job.log().append(text.text());
    } else if (message instanceof RunReply.TrackLog line) {
      job.log().append(line.line() + "\n");
    } else if (message instanceof RunReply.Redraw redraw) {
      job.say(Texts.line(redraw.line(), 200));
    } else if (message instanceof RunReply.TrainStart start) {
      job.running();
      job.progress(0, 0, "model", "Training " + Texts.line(start.model(), 100));
    } else {
      saidOfEnd(message);
    }
  }

  private void saidOfEnd(WorkerMessage message) {
    if (message instanceof RunReply.TrainError error) {
      facts.put("failure", "Model '" + Texts.line(error.model(), 200) + "' failed.");
    } else if (message instanceof RunReply.TrackError) {
      facts.put("failure", "The tracking failed.");
    } else if (message instanceof JobReply.Failed failed) {
      String why = Texts.line(failed.message(), 2000);
      end(JobState.FAILED, why.isEmpty() ? "The worker gave no reason." : why);
    } else if (message instanceof InputReply.TrainingComplete
        || message instanceof JobReply.Complete) {
      finish();
    } else if (message instanceof RunReply.TrainingDone
        || message instanceof RunReply.TrackingDone) {
      // The last word of some workers; others have one more.
      afterQuiet(settings.afterwards(), this::finish);
    }
  }

  private void finish() {
    if (facts.has("failure")) {
      end(JobState.FAILED, facts.path("failure").asText());
    } else {
      end(JobState.SUCCEEDED, stopped ? "Stopped early." : "");
    }
  }

  @Override
  void arrived() {}

  @Override
  void tellCancel() {
    throw new JobException(
        JobException.Code.INVALID,
        "A sleap-rtc worker of generation g2 cannot be told to end a job. It goes on until its program ends.");
  }

  @Override
  void tellStop() {
    stopped = true;
    link.send(new PackageRequest.ZmqControl("stop"));
  }

  @Override
  void tellTrainer(String command) {
    tellStop();
  }

  @Override
  ObjectNode document() {
    ObjectNode document = facts.deepCopy();
    if (stopped) {
      document.put("stopped_early", true);
    }
    return document;
  }
}
