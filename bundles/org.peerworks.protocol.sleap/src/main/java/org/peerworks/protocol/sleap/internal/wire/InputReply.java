package org.peerworks.protocol.sleap.internal.wire;

/** A worker's answers about a package in its input directory (§2.4). */
public sealed interface InputReply extends WorkerMessage {

  /** {@code FILE_EXISTS::<name>}. */
  record FileExists(String name) implements InputReply {
    static final String NAME = "FILE_EXISTS";

    @Override
    public String text() {
      return Message.join(NAME, name);
    }
  }

  /** {@code FILE_NOT_FOUND::<name>::<reason>}. */
  record FileNotFound(String name, String reason) implements InputReply {
    static final String NAME = "FILE_NOT_FOUND";

    static FileNotFound read(Cut cut) {
      return new FileNotFound(cut.field("name", Limits.PATH), cut.optionalRest(Limits.LINE));
    }

    @Override
    public String text() {
      return Message.join(NAME, name, reason);
    }
  }

  /** {@code JOB_OUTPUT_PATH::<path>}: where the results will lie, on the worker. */
  record JobOutputPath(String path) implements InputReply {
    static final String NAME = "JOB_OUTPUT_PATH";

    @Override
    public String text() {
      return Message.join(NAME, path);
    }
  }

  /** {@code TRAINING_COMPLETE}: the job has succeeded. */
  record TrainingComplete() implements InputReply {
    static final String NAME = "TRAINING_COMPLETE";

    @Override
    public String text() {
      return NAME;
    }
  }

  /** {@code PATH_VALIDATED::input|output}, of November 2025 only. */
  record PathValidated(String which) implements InputReply {
    static final String NAME = "PATH_VALIDATED";

    @Override
    public String text() {
      return Message.join(NAME, which);
    }
  }

  /** {@code PATH_ERROR::<text>}, of November 2025 only. */
  record PathError(String message) implements InputReply {
    static final String NAME = "PATH_ERROR";

    @Override
    public String text() {
      return Message.join(NAME, message);
    }
  }
}
