package org.peerworks.protocol.peerworks.internal.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.peerworks.job.api.JobRequest;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/**
 * A request for a job on the wire: inputs are named by hash.
 *
 * @param inputs SHA-256 by name
 */
public record SubmitJson(
    String type,
    String parameters,
    Map<String, String> inputs,
    int priority,
    String idempotencyKey,
    Duration timeout) {

  public static ObjectNode write(JobRequest request, Map<String, String> inputs) {
    ObjectNode json =
        Json.object()
            .put("type", request.type())
            .put("parameters", request.parameters())
            .put("priority", request.priority())
            .put("idempotencyKey", request.idempotencyKey())
            .put("timeoutMillis", request.timeout().toMillis());
    ObjectNode files = json.putObject("inputs");
    inputs.forEach((name, sha256) -> files.putObject(name).put("sha256", sha256));
    return json;
  }

  /**
   * @param mostInputs of one job
   */
  public static SubmitJson read(Fields json, int mostInputs) {
    Map<String, String> inputs = new LinkedHashMap<>();
    json.object("inputs")
        .entries(
            mostInputs,
            (name, input) -> inputs.put(JobJson.plainName(name), JobJson.sha256(input)));
    String key = json.text("idempotencyKey", 128);
    if (key.isEmpty()) {
      throw new FieldException("Field 'idempotencyKey' of 'submit' has 1 to 128 characters.");
    }
    return new SubmitJson(
        json.text("type", 40),
        json.text("parameters", JobJson.LONGEST_TEXT),
        inputs,
        (int) json.number("priority", 0, 10, JobRequest.DEFAULT_PRIORITY),
        key,
        Duration.ofMillis(json.number("timeoutMillis", 0, Duration.ofDays(3650).toMillis(), 0)));
  }
}
