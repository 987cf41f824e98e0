package org.peerworks.job.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.peerworks.job.api.JobContext;
import org.peerworks.lib.sleap.FrameLine;

/**
 * Tells who watches the job what its trainers say, and where the job stands. What is not a
 * trainer's has {@code "what":"peerworks"} in it, so that a monitor of trainers can leave it out.
 * Thread-safe.
 */
final class JobReports {

  /** What our own reports are about, and no trainer's. */
  static final String WHAT = "peerworks";

  /** Of these there are many, and each is soon out of date. */
  private static final long FREQUENT_GAP = Duration.ofMillis(100).toNanos();

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int MOST_PER_SECOND = 100;

  private final JobContext context;
  private long frequentAt = System.nanoTime() - FREQUENT_GAP;
  private long secondAt = System.nanoTime();
  private int inSecond;

  JobReports(JobContext context) {
    this.context = context;
  }

  void heard(TrainerMessage message) {
    if (!message.json().isEmpty() && passes(message.isFrequent())) {
      context.report(message.json());
    }
  }

  void modelBegins(int index, List<ModelPlan> models) {
    report(model("model_begin", index, models));
  }

  void modelEnded(int index, List<ModelPlan> models, ModelResult result) {
    ObjectNode json = model("model_end", index, models);
    json.put("success", result.succeeded())
        .put("stopped_early", result.stoppedEarly())
        .put("seconds", result.seconds())
        .put("reason", result.reason());
    result.path().ifPresent(path -> json.put("path", path));
    report(json);
  }

  void inferenceBegins() {
    report(event("inference_begin"));
  }

  void inferred(FrameLine frames) {
    if (passes(true)) {
      report(
          event("inference_progress")
              .put("n_processed", frames.done())
              .put("n_total", frames.total()));
    }
  }

  void inferenceEnded(InferenceResult result) {
    ObjectNode json = event("inference_end");
    json.setAll(result.json());
    report(json);
  }

  private static ObjectNode model(String event, int index, List<ModelPlan> models) {
    ModelPlan model = models.get(index);
    return event(event)
        .put("index", index + 1)
        .put("count", models.size())
        .put("config", model.name())
        .put("model_type", model.type())
        .put("run_name", model.folder());
  }

  private static ObjectNode event(String event) {
    return JsonNodeFactory.instance.objectNode().put("what", WHAT).put("event", event);
  }

  private void report(ObjectNode json) {
    context.report(json.toString());
  }

  private synchronized boolean passes(boolean frequent) {
    long now = System.nanoTime();
    if (frequent && now - frequentAt < FREQUENT_GAP) {
      return false;
    }
    if (now - secondAt > SECOND) {
      secondAt = now;
      inSecond = 0;
    }
    if (++inSecond > MOST_PER_SECOND) {
      return false;
    }
    frequentAt = frequent ? now : frequentAt;
    return true;
  }
}
