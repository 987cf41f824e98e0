package org.peerworks.protocol.sleap.internal.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a client says around a package that it uploads (§2.2, §2.3). */
public sealed interface PackageRequest extends ClientMessage {

  /**
   * {@code PACKAGE_TYPE::<type>} (§2.2).
   *
   * @param type {@code train} or {@code track}
   */
  record PackageType(String type) implements PackageRequest {
    static final String NAME = "PACKAGE_TYPE";

    static PackageType read(Cut cut) {
      String type = cut.rest("type", 40).strip();
      if (!type.equals("train") && !type.equals("track")) {
        throw new WireException(
            "'PACKAGE_TYPE' wants 'train' or 'track', but has '%s'."
                .formatted(Texts.line(type, 40)));
      }
      return new PackageType(type);
    }

    @Override
    public String text() {
      return Message.join(NAME, type);
    }
  }

  /**
   * {@code OUTPUT_DIR::<directory>}: where the client wants the results, on its side (§2.2).
   *
   * @param directory may be empty
   */
  record OutputDir(String directory) implements PackageRequest {
    static final String NAME = "OUTPUT_DIR";

    static OutputDir read(Cut cut) {
      return new OutputDir(cut.rest(Limits.PATH));
    }

    @Override
    public String text() {
      return Message.join(NAME, directory);
    }
  }

  /**
   * {@code ZMQ_CTRL::<json>}: a command for the trainer (§2.3). Only read as plain JSON (§6, S12).
   *
   * @param command the object's {@code command}; empty if it has none
   */
  record ZmqControl(String command) implements PackageRequest {
    static final String NAME = "ZMQ_CTRL";

    static ZmqControl read(Cut cut) {
      return new ZmqControl(PackageRequest.command(NAME, cut));
    }

    @Override
    public String text() {
      return Message.join(NAME, PackageRequest.json(command));
    }
  }

  /** The command of a control message, which is an object with {@code command}. */
  static String command(String name, Cut cut) {
    return JsonFields.read(name, cut.rest("JSON", Limits.PATH)).text("command", 40, "");
  }

  static String json(String command) {
    ObjectNode json = Json.object().put("command", command);
    return Json.write(json);
  }
}
