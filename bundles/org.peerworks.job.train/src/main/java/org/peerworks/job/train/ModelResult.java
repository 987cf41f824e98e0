package org.peerworks.job.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How the training of one model went. */
record ModelResult(ModelPlan plan, State state, double seconds, String reason) {

  enum State {
    SUCCEEDED,
    FAILED,
    /** Not tried, because one before it failed. */
    SKIPPED
  }

  /** The job's document: one entry for each model, in order. */
  static String document(List<ModelResult> results) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ArrayNode models = document.putArray("models");
    for (ModelResult result : results) {
      models
          .addObject()
          .put("config", result.plan().name())
          .put("folder", result.plan().folder())
          .put("state", result.state().name())
          .put("seconds", result.seconds())
          .put("reason", result.reason());
    }
    return document.toString();
  }
}
