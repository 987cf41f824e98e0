package org.peerworks.protocol.sleap.internal.worker;

import java.util.List;
import java.util.Optional;
import org.peerworks.job.api.Job;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.JsonFields;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job's document says.
 *
 * @param models of a training, in order
 * @param stoppedEarly whether it was ended before its time, with what it had
 * @param outputPath of what it left on the worker, if that is in a mount
 * @param inference of a training that was to be followed by one
 */
record ModelResults(
    List<Model> models,
    boolean stoppedEarly,
    Optional<String> outputPath,
    Optional<Inference> inference) {

  private static final Logger LOG = LoggerFactory.getLogger(ModelResults.class);

  /**
   * @param state {@code SUCCEEDED}, {@code FAILED} or {@code SKIPPED}
   * @param reason with the exit status of its trainer, in words
   */
  record Model(String config, String state, double seconds, String reason, Optional<String> path) {

    boolean succeeded() {
      return state.equals("SUCCEEDED");
    }
  }

  /**
   * @param state as that of a model
   * @param predictions name of the job's output; blank if there is none
   */
  record Inference(String state, String reason, String predictions, Optional<String> path) {}

  static ModelResults of(Job job) {
    try {
      JsonFields document =
          new JsonFields("document", Json.readObject(job.document().orElse("{}")));
      List<Model> models = document.objects("models", ModelResults::model);
      Optional<String> last =
          models.stream().flatMap(model -> model.path().stream()).reduce((a, b) -> b);
      return new ModelResults(
          models,
          document.flag("stopped_early", false),
          document.optionalText("path", 4096).or(() -> last),
          document.optionalObject("inference").map(ModelResults::inference));
    } catch (WireException e) {
      LOG.warn("The document of job '{}' cannot be read: {}", job.id(), e.getMessage());
      return new ModelResults(List.of(), false, Optional.empty(), Optional.empty());
    }
  }

  private static Model model(JsonFields model) {
    return new Model(
        model.text("config", 1000, ""),
        model.text("state", 40, ""),
        model.decimal("seconds", 0),
        model.text("reason", 10_000, ""),
        model.optionalText("path", 4096));
  }

  private static Inference inference(JsonFields inference) {
    return new Inference(
        inference.text("state", 40, ""),
        inference.text("reason", 10_000, ""),
        inference.text("predictions", 1000, ""),
        inference.optionalText("path", 4096));
  }
}
