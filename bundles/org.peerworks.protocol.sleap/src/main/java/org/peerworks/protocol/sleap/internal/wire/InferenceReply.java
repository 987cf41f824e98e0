package org.peerworks.protocol.sleap.internal.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The inference that follows a structured training job (§2.6). */
public sealed interface InferenceReply extends WorkerMessage {

  /** {@code INFERENCE_BEGIN::{}}. */
  record Begin() implements InferenceReply {
    static final String NAME = "INFERENCE_BEGIN";

    @Override
    public String text() {
      return Message.join(NAME, "{}");
    }
  }

  /** {@code INFERENCE_LOG::<line>}. */
  record Log(String line) implements InferenceReply {
    static final String NAME = "INFERENCE_LOG";

    @Override
    public String text() {
      return Message.join(NAME, line);
    }
  }

  /**
   * {@code INFERENCE_PROGRESS::{"n_processed","n_total","rate","eta"}}.
   *
   * @param rate frames per second
   * @param eta seconds
   */
  record Progress(long processed, long total, double rate, double eta) implements InferenceReply {
    static final String NAME = "INFERENCE_PROGRESS";

    static Progress read(Cut cut) {
      JsonFields json = JsonFields.read(NAME, cut.rest("JSON", Limits.LINE));
      return new Progress(
          json.number("n_processed", 0, Long.MAX_VALUE, 0),
          json.number("n_total", 0, Long.MAX_VALUE, 0),
          json.decimal("rate", 0),
          json.decimal("eta", 0));
    }

    @Override
    public String text() {
      return Message.join(
          NAME,
          Json.write(
              Json.object()
                  .put("n_processed", processed)
                  .put("n_total", total)
                  .put("rate", rate)
                  .put("eta", eta)));
    }
  }

  /** {@code INFERENCE_COMPLETE::{"predictions_path"}}, after the file. */
  record Complete(Optional<String> predictionsPath) implements InferenceReply {
    static final String NAME = "INFERENCE_COMPLETE";

    static Complete read(Cut cut) {
      return new Complete(
          JsonFields.read(NAME, cut.rest("JSON", Limits.LINE))
              .optionalText("predictions_path", Limits.PATH));
    }

    @Override
    public String text() {
      ObjectNode json = Json.object();
      predictionsPath.ifPresent(path -> json.put("predictions_path", path));
      return Message.join(NAME, Json.write(json));
    }
  }

  /** {@code INFERENCE_FAILED::{"error"}}. */
  record Failed(String error) implements InferenceReply {
    static final String NAME = "INFERENCE_FAILED";

    static Failed read(Cut cut) {
      return new Failed(
          JsonFields.read(NAME, cut.rest("JSON", Limits.JSON)).text("error", Limits.LINE, ""));
    }

    @Override
    public String text() {
      return Message.join(NAME, Json.write(Json.object().put("error", error)));
    }
  }

  /**
   * {@code INFERENCE_SKIPPED::{"reason"}}.
   *
   * @param reason {@code cancelled}, {@code training_failed}, {@code no_labels_path}, {@code
   *     no_checkpoint} or {@code checkpoint_dir_missing}
   */
  record Skipped(String reason) implements InferenceReply {
    static final String NAME = "INFERENCE_SKIPPED";

    static Skipped read(Cut cut) {
      return new Skipped(
          JsonFields.read(NAME, cut.rest("JSON", Limits.LINE)).text("reason", Limits.LINE, ""));
    }

    @Override
    public String text() {
      return Message.join(NAME, Json.write(Json.object().put("reason", reason)));
    }
  }
}
