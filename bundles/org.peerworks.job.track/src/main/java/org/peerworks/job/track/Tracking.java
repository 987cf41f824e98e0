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
import java.util.function.Consumer;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.Progress;
import org.peerworks.lib.sleap.ProgressGate;
import org.peerworks.lib.sleap.StepOutcome;
import org.peerworks.lib.sleap.TimeLeft;
import org.peerworks.lib.sleap.TrainerStep;

/** Runs the commands of a tracking package one after the other, each as a step. */
final class Tracking {

  private final JobContext context;
  private final TrackPackage job;
  private final Map<String, Path> outputs = new LinkedHashMap<>();
  private double seconds;

  Tracking(JobContext context, TrackPackage job) {
    this.context = context;
    this.job = job;
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
    }
    return JobResult.succeeded(document(), outputs);
  }

  /** Returns why it failed; empty if it did not. */
  private String track(TrackPlan plan, int index) {
    ProgressGate gate = new ProgressGate(context::progress);
    StepOutcome outcome;
    try {
      outcome =
          TrainerStep.run(
              context, "track-" + (index + 1), plan.arguments(), job.root(), progress(gate, index));
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    gate.flush();
    seconds += outcome.seconds();
    if (!outcome.succeeded()) {
      return outcome.failure("Tracking");
    }
    return Files.isRegularFile(plan.output())
        ? ""
        : "Tracking ended well, but wrote no predictions to '" + plan.predictions() + "'.";
  }

  private Consumer<String> progress(ProgressGate gate, int index) {
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
                  gate.offer(new Progress(frames.done(), frames.total(), "frame", message));
                });
  }

  private String document() {
    return document(outputs.keySet().stream().toList(), seconds);
  }

  /** The job's document: the first predictions by name, and all of them where there are more. */
  static String document(List<String> predictions, double seconds) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("predictions", predictions.isEmpty() ? "" : predictions.get(0));
    document.put("seconds", seconds);
    if (predictions.size() > 1) {
      ArrayNode all = document.putArray("all");
      predictions.forEach(all::add);
    }
    return document.toString();
  }
}
