package org.peerworks.job.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The document of a training job: one entry for each model in order, whether it was ended early,
 * and how the inference after it went, if one was wanted.
 */
final class TrainDocument {

  private TrainDocument() {}

  static String of(List<ModelResult> results) {
    return of(results, Optional.empty());
  }

  static String of(List<ModelResult> results, Optional<InferenceResult> inference) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode models = document.putArray("models");
    boolean early = false;
    for (ModelResult result : results) {
      ObjectNode model =
          models
              .addObject()
              .put("config", result.plan().name())
              .put("folder", result.plan().folder())
              .put("state", result.state().name())
              .put("seconds", result.seconds())
              .put("reason", result.reason());
      if (!result.plan().type().isEmpty()) {
        model.put("model_type", result.plan().type());
      }
      result.path().ifPresent(path -> model.put("path", path));
      if (result.stoppedEarly()) {
        model.put("stopped_early", true);
        early = true;
      }
    }
    if (early) {
      document.put("stopped_early", true);
    }
    inference.ifPresent(result -> document.set("inference", result.json()));
    return document.toString();
  }
}
