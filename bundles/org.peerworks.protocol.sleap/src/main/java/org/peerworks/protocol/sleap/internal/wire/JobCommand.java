package org.peerworks.protocol.sleap.internal.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Structured jobs, as a client hands them in and steers them (§2.6). */
public sealed interface JobCommand extends ClientMessage {

  /**
   * {@code JOB_SUBMIT::<client job id>::<json>}.
   *
   * @param clientId 1 to 128 characters
   * @param spec what is to be done
   */
  record Submit(String clientId, ObjectNode spec) implements JobCommand {
    static final String NAME = "JOB_SUBMIT";

    static Submit read(Cut cut) {
      String id = cut.field("id", Limits.ID);
      return new Submit(id, Json.readObject(cut.rest("specification", Limits.JSON)));
    }

    @Override
    public String text() {
      return Message.join(NAME, clientId, Json.write(spec));
    }
  }

  /**
   * {@code CONTROL_COMMAND::{"command":…}}. Only read as plain JSON (§6, S12).
   *
   * @param command {@code stop} or {@code cancel}; empty if there is none
   */
  record Control(String command) implements JobCommand {
    static final String NAME = "CONTROL_COMMAND";

    static Control read(Cut cut) {
      return new Control(PackageRequest.command(NAME, cut));
    }

    @Override
    public String text() {
      return Message.join(NAME, PackageRequest.json(command));
    }
  }

  /** {@code JOB_STOP}: end early, keep what there is. */
  record Stop() implements JobCommand {
    static final String NAME = "JOB_STOP";

    @Override
    public String text() {
      return NAME;
    }
  }

  /** {@code JOB_CANCEL}: end, keep nothing. */
  record Cancel() implements JobCommand {
    static final String NAME = "JOB_CANCEL";

    @Override
    public String text() {
      return NAME;
    }
  }
}
