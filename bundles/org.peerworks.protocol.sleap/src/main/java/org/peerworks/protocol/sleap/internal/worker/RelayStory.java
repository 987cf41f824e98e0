package org.peerworks.protocol.sleap.internal.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.Progress;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.JsonFields;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.peerworks.protocol.sleap.internal.wire.WireException;

/**
 * Tells a job that the room's server passed on (§1.11): {@code job_status} and {@code
 * job_progress}. The job has one end, also if it trains several models, and nothing comes after it.
 * Its log and its files stay on the worker.
 */
final class RelayStory implements Story {

  private static final List<String> EVENTS = List.of("train_begin", "epoch_end", "train_end");
  private static final List<String> FIELDS = List.of("event", "epoch", "logs", "what", "wandb_url");
  private static final int LONGEST_REPORT = 16_384;
  private static final int LONGEST_TEXT = 4000;

  private final String id;
  private final List<String> models;
  private final Wire wire;
  private final Consumer<Job> taken;
  private final Runnable over;
  private final ModelTurns turns = new ModelTurns();
  private final long began = System.nanoTime();
  private boolean running;
  private boolean accepted;

  /** The way to the server. */
  interface Wire {

    /** Sends what must arrive. */
    void send(ObjectNode message);

    /** Sends what may be left out where there is too much of it. */
    void sendIfRoom(ObjectNode message);
  }

  /**
   * @param id as the server gave it
   * @param taken hears of the job once the engine has taken it
   * @param over runs when all is told
   */
  RelayStory(String id, List<String> models, Wire wire, Consumer<Job> taken, Runnable over) {
    this.id = id;
    this.models = List.copyOf(models);
    this.wire = wire;
    this.taken = taken;
    this.over = over;
  }

  static ObjectNode rejected(String id, List<Problem> problems) {
    ObjectNode json = status(id, "rejected");
    ArrayNode errors = json.putObject("errors").putArray("errors");
    for (Problem problem : problems) {
      errors
          .addObject()
          .put("field", problem.field())
          .put("message", Texts.line(problem.message(), LONGEST_TEXT))
          .put("code", problem.code());
    }
    return json;
  }

  /** One reason why a job is rejected. */
  record Problem(String field, String message, String code) {}

  private static ObjectNode status(String id, String status) {
    return Json.object().put("type", "job_status").put("job_id", id).put("status", status);
  }

  /** It works on the worker's files, which stay. */
  @Override
  public boolean endsWithItsReader() {
    return false;
  }

  @Override
  public synchronized void refused(Refusal why) {
    wire.send(
        accepted
            ? status(id, "failed").put("message", Texts.line(why.getMessage(), LONGEST_TEXT))
            : rejected(id, List.of(new Problem("internal", why.getMessage(), why.code()))));
    over.run();
  }

  @Override
  public synchronized void accepted(Job job) {
    accepted = true;
    wire.send(status(id, "accepted"));
    taken.accept(job);
  }

  @Override
  public CompletionStage<Void> waiting(int place) {
    return may(status(id, "accepted").put("message", "Place %d in the queue".formatted(place)));
  }

  @Override
  public synchronized CompletionStage<Void> line(String line, boolean redraw) {
    begin();
    if (!redraw) {
      turns.passed(line).ifPresent(this::begin);
    }
    return done();
  }

  private void begin() {
    if (!running) {
      running = true;
      wire.send(status(id, "running"));
    }
  }

  private void begin(ModelTurns.Turn turn) {
    if (turn.index() > 1) {
      String type = turn.index() <= models.size() ? models.get(turn.index() - 1) : turn.name();
      wire.send(
          Json.object()
              .put("type", "job_status")
              .put("job_id", id)
              .put("event", "model_type_switch")
              .put("model_type", Texts.line(type, 100)));
    }
  }

  @Override
  public synchronized CompletionStage<Void> progress(Progress progress) {
    begin();
    ObjectNode json = status(id, "running");
    if (turns.inferring()) {
      json.put("stage", "inference");
    }
    if (progress.unit().equals("frame")) {
      return may(json.put("message", progress.done() + "/" + progress.total() + " frames"));
    }
    Optional<EpochText> epoch = EpochText.in(progress.message());
    epoch.ifPresent(
        found -> {
          json.put("epoch", found.epoch());
          put(json, "loss", found.loss());
          put(json, "val_loss", found.validationLoss());
        });
    return epoch.isPresent() ? may(json) : done();
  }

  private static void put(ObjectNode json, String name, OptionalDouble value) {
    value.ifPresent(number -> json.put(name, number));
  }

  @Override
  public synchronized CompletionStage<Void> reported(String json) {
    Optional<JsonFields> own = Reports.own(json);
    if (own.isPresent()) {
      turns.reported(own.get()).ifPresent(this::begin);
    } else if (json.length() <= LONGEST_REPORT && Reports.isOfTrainer(json)) {
      begin();
      return ofTrainer(json);
    }
    return done();
  }

  /** Only fields that are known, as plain JSON (§6, S12). */
  private CompletionStage<Void> ofTrainer(String json) {
    ObjectNode report;
    try {
      report = Json.readObject(json);
    } catch (WireException e) {
      throw new IllegalStateException("A report was read before.", e);
    }
    if (!EVENTS.contains(report.path("event").asText())) {
      return done();
    }
    ObjectNode told = Json.object().put("type", "job_progress").put("job_id", id);
    for (String field : FIELDS) {
      JsonNode value = report.get(field);
      if (value != null) {
        told.set(field, value);
      }
    }
    return may(told);
  }

  @Override
  public synchronized CompletionStage<Void> ended(Jobs jobs, Job job) {
    ModelResults results = ModelResults.of(job);
    double seconds = (System.nanoTime() - began) / 1_000_000 / 1000.0;
    ObjectNode end;
    if (job.state() == JobState.SUCCEEDED) {
      end = status(id, "complete").put("stopped_early", results.stoppedEarly());
      putPath(end, results.outputPath());
      tell(results.inference(), end);
    } else {
      String reason =
          job.reason().isBlank() ? "The job has ended as " + job.state() + "." : job.reason();
      end =
          status(id, "failed")
              .put("message", Texts.line(reason, LONGEST_TEXT))
              .put("exit_code", ExitStatus.of(reason));
    }
    wire.send(end.put("duration_seconds", seconds));
    over.run();
    return done();
  }

  private static void putPath(ObjectNode end, Optional<String> path) {
    path.ifPresent(found -> end.put("output_path", found));
  }

  private static void tell(Optional<ModelResults.Inference> inference, ObjectNode end) {
    inference
        .flatMap(ModelResults.Inference::path)
        .ifPresent(path -> end.put("predictions_path", path));
    inference
        .filter(done -> !done.state().equals("SUCCEEDED"))
        .ifPresent(
            done ->
                end.put("message", "No predictions: " + Texts.line(done.reason(), LONGEST_TEXT)));
  }

  private CompletionStage<Void> may(ObjectNode message) {
    wire.sendIfRoom(message);
    return done();
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
