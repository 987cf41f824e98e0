package org.peerworks.job.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * How the inference after a training went.
 *
 * @param reason why there are no predictions; blank if there are
 * @param predictions name of the output; blank if there is none
 * @param path of the predictions on this worker, where that is beside the labels
 */
record InferenceResult(
    ModelResult.State state,
    String reason,
    String predictions,
    Optional<String> path,
    double seconds) {

  static InferenceResult skipped(String reason) {
    return new InferenceResult(ModelResult.State.SKIPPED, reason, "", Optional.empty(), 0);
  }

  static InferenceResult failed(String reason, double seconds) {
    return new InferenceResult(ModelResult.State.FAILED, reason, "", Optional.empty(), seconds);
  }

  ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("state", state.name())
            .put("reason", reason)
            .put("predictions", predictions)
            .put("seconds", seconds);
    path.ifPresent(found -> json.put("path", found));
    return json;
  }
}
