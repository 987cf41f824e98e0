package org.peerworks.job.track;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.Progress;
import org.peerworks.lib.sleap.ForwardProgress;
import org.peerworks.lib.sleap.FrameLine;
import org.peerworks.lib.sleap.Publication;
import org.peerworks.lib.sleap.Shown;
import org.peerworks.lib.sleap.StepOutcome;
import org.peerworks.lib.sleap.TimeLeft;
import org.peerworks.lib.sleap.TrainerStep;

/** Runs the commands of a tracking package one after the other, each as a step. */
final class Tracking {

  private final JobContext context;
  private final TrackPackage job;
  private final TrainerStep trainer;
  private final Publication publication;
  private Optional<String> path = Optional.empty();
  private final Map<String, Path> outputs = new LinkedHashMap<>();
  private double seconds;

  Tracking(JobContext context, TrackPackage job, TrainerStep trainer, Publication publication) {
    this.context = context;
    this.job = job;
    this.trainer = trainer;
    this.publication = publication;
  }

  JobResult run() {
    List<TrackPlan> plans = job.plans();
    for (int i = 0; i < plans.size(); i++) {
      TrackPlan plan = plans.get(i);
      String failure = track(plan, i);
      if (!failure.isEmpty()) {
        return JobResult.failed(failure, document(), outputs);
      }
      outputs.put(plan.predictions(), plan.output());
      failure = plan.target().isEmpty() ? "" : publish(plan, plan.target().get());
      if (!failure.isEmpty()) {
        return JobResult.failed(failure, document(), outputs);
      }
    }
    return JobResult.succeeded(document(), outputs);
  }

  /** Returns why it failed; empty if it did not. */
  private String track(TrackPlan plan, int index) {
    ForwardProgress forward = new ForwardProgress(context::progress);
    StepOutcome outcome;
    try {
      outcome =
          trainer.run(
              "track-" + (index + 1), plan.arguments(), job.root(), progress(forward, index));
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    seconds += outcome.seconds();
    if (!outcome.succeeded()) {
      return outcome.failure("Tracking");
    }
    return Files.isRegularFile(plan.output())
        ? ""
        : "Tracking ended well, but wrote no predictions to '" + plan.predictions() + "'.";
  }

  /** Returns why the predictions are not where they were wanted; empty if they are. */
  private String publish(TrackPlan plan, Target target) {
    try {
      path =
          Optional.of(
              publication.file(
                  "predictions",
                  plan.output(),
                  target.directory(),
                  target.stem(),
                  target.ending()));
      return "";
    } catch (IOException e) {
      String failure =
          "The predictions are returned, but could not be put into %s: %s"
              .formatted(Shown.quoted(target.directory()), e.getMessage());
      context.log(failure);
      return target.named() ? failure : "";
    }
  }

  private Consumer<String> progress(ForwardProgress forward, int index) {
    int commands = job.plans().size();
    String what = commands == 1 ? "" : "Command %d of %d: ".formatted(index + 1, commands);
    TimeLeft timeLeft = new TimeLeft();
    return line ->
        FrameLine.parse(line)
            .ifPresent(
                frames -> {
                  String left = timeLeft.after(frames.done(), frames.total());
                  String message =
                      "%sframe %d of %d%s"
                          .formatted(
                              what,
                              frames.done(),
                              frames.total(),
                              left.isEmpty() ? "" : ", " + left);
                  forward.accept(new Progress(frames.done(), frames.total(), "frame", message));
                });
  }

  private String document() {
    return document(outputs.keySet().stream().toList(), seconds, path);
  }

  /** The job's document: the first predictions by name, and all of them where there are more. */
  static String document(List<String> predictions, double seconds) {
    return document(predictions, seconds, Optional.empty());
  }

  private static String document(List<String> predictions, double seconds, Optional<String> path) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("predictions", predictions.isEmpty() ? "" : predictions.get(0));
    document.put("seconds", seconds);
    path.ifPresent(where -> document.put("path", where));
    if (predictions.size() > 1) {
      ArrayNode all = document.putArray("all");
      predictions.forEach(all::add);
    }
    return document.toString();
  }
}
