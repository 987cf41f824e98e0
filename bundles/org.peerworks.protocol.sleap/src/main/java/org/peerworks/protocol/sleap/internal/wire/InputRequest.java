package org.peerworks.protocol.sleap.internal.wire;

/** What a client says to run a package that lies in the worker's input directory (§2.4). */
public sealed interface InputRequest extends ClientMessage {

  /** {@code JOB_ID::<id>}: by which the client goes on to speak of its job. */
  record JobId(String id) implements InputRequest {
    static final String NAME = "JOB_ID";

    static JobId read(Cut cut) {
      return new JobId(cut.rest("id", Limits.ID));
    }

    @Override
    public String text() {
      return Message.join(NAME, id);
    }
  }

  /**
   * {@code INPUT_FILE::<name>}: run this.
   *
   * @param name bare file name; the reader judges nothing of it
   */
  record InputFile(String name) implements InputRequest {
    static final String NAME = "INPUT_FILE";

    static InputFile read(Cut cut) {
      return new InputFile(cut.rest("name", Limits.PATH));
    }

    @Override
    public String text() {
      return Message.join(NAME, name);
    }
  }

  /** {@code SHARED_INPUT_PATH::<path>}, of November 2025 only. */
  record SharedInputPath(String path) implements InputRequest {
    static final String NAME = "SHARED_INPUT_PATH";

    @Override
    public String text() {
      return Message.join(NAME, path);
    }
  }

  /** {@code SHARED_OUTPUT_PATH::<path>}, of November 2025 only. */
  record SharedOutputPath(String path) implements InputRequest {
    static final String NAME = "SHARED_OUTPUT_PATH";

    @Override
    public String text() {
      return Message.join(NAME, path);
    }
  }

  /** {@code SHARED_STORAGE_JOB::start}, of November 2025 only. */
  record SharedStorageJob(String command) implements InputRequest {
    static final String NAME = "SHARED_STORAGE_JOB";

    @Override
    public String text() {
      return Message.join(NAME, command);
    }
  }
}
