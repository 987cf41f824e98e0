package org.peerworks.protocol.sleap.internal.wire;

/** How a package's job goes, as a worker tells it (§2.3). */
public sealed interface RunReply extends WorkerMessage {

  /** {@code TRAIN_JOB_START::<stem of the configuration>}. */
  record TrainStart(String model) implements RunReply {
    static final String NAME = "TRAIN_JOB_START";

    @Override
    public String text() {
      return Message.join(NAME, model);
    }
  }

  /** {@code TRAIN_JOB_END::<stem>}. */
  record TrainEnd(String model) implements RunReply {
    static final String NAME = "TRAIN_JOB_END";

    @Override
    public String text() {
      return Message.join(NAME, model);
    }
  }

  /**
   * {@code TRAIN_JOB_ERROR::<stem>::<status>}.
   *
   * @param status exit status of the trainer, as text; may be empty
   */
  record TrainError(String model, String status) implements RunReply {
    static final String NAME = "TRAIN_JOB_ERROR";

    static TrainError read(Cut cut) {
      return new TrainError(cut.field("model", Limits.PATH), cut.optionalRest(Limits.LINE));
    }

    @Override
    public String text() {
      return Message.join(NAME, model, status);
    }
  }

  /** {@code TRAINING_JOBS_DONE}: then comes the result, if there is one. */
  record TrainingDone() implements RunReply {
    static final String NAME = "TRAINING_JOBS_DONE";

    @Override
    public String text() {
      return NAME;
    }
  }

  /** {@code INFERENCE_START}. */
  record TrackingStart() implements RunReply {
    static final String NAME = "INFERENCE_START";

    @Override
    public String text() {
      return NAME;
    }
  }

  /** {@code INFERENCE_JOB_START::inference}. */
  record TrackStart(String name) implements RunReply {
    static final String NAME = "INFERENCE_JOB_START";

    @Override
    public String text() {
      return Message.join(NAME, name);
    }
  }

  /** {@code TRACK_LOG:<line>}, with a single colon. */
  record TrackLog(String line) implements RunReply {
    static final String NAME = "TRACK_LOG:";

    @Override
    public String text() {
      return NAME + line;
    }
  }

  /** {@code INFERENCE_JOB_END::inference}. */
  record TrackEnd(String name) implements RunReply {
    static final String NAME = "INFERENCE_JOB_END";

    @Override
    public String text() {
      return Message.join(NAME, name);
    }
  }

  /** {@code INFERENCE_JOB_ERROR::inference::<status>}. */
  record TrackError(String name, String status) implements RunReply {
    static final String NAME = "INFERENCE_JOB_ERROR";

    static TrackError read(Cut cut) {
      return new TrackError(cut.field("name", Limits.PATH), cut.optionalRest(Limits.LINE));
    }

    @Override
    public String text() {
      return Message.join(NAME, name, status);
    }
  }

  /** {@code INFERENCE_ERROR::<text>}: it could not begin. */
  record TrackingError(String message) implements RunReply {
    static final String NAME = "INFERENCE_ERROR";

    @Override
    public String text() {
      return Message.join(NAME, message);
    }
  }

  /** {@code INFERENCE_JOBS_DONE}: after the result. */
  record TrackingDone() implements RunReply {
    static final String NAME = "INFERENCE_JOBS_DONE";

    @Override
    public String text() {
      return NAME;
    }
  }

  /**
   * {@code PROGRESS_REPORT::<json>}: a message of the trainer (§2.3, §2.6, §2.9).
   *
   * @param json an object, passed on as text and never decoded into types (§6, S12)
   */
  record ProgressReport(String json) implements RunReply {
    static final String NAME = "PROGRESS_REPORT";

    static ProgressReport read(Cut cut) {
      // Some trainers send the JSON of a JSON text, so any value passes.
      return new ProgressReport(Json.write(Json.read(cut.rest("JSON", Limits.LINE))));
    }

    @Override
    public String text() {
      return Message.join(NAME, json);
    }
  }

  /**
   * A piece of a training's log as it is, without a name (§2.3).
   *
   * @param text ends in a line feed if it is a whole line
   */
  record LogText(String text) implements RunReply {}

  /**
   * A line that is drawn over the one before it: {@code \r} and text of G1 and G2, {@code CR::text}
   * of G3 (§2.3, §2.6).
   *
   * @param line without the mark
   * @param named whether to write the form of G3
   */
  record Redraw(String line, boolean named) implements RunReply {
    static final String NAME = "CR";

    @Override
    public String text() {
      return (named ? NAME + SEPARATOR : "\r") + line;
    }
  }
}
