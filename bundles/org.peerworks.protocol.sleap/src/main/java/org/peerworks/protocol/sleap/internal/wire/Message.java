package org.peerworks.protocol.sleap.internal.wire;

/**
 * A text message of a sleap-rtc data channel (sleap-rtc wire format §2.1): {@code NAME} or {@code
 * NAME::field::field}. There is no escaping, so only the last field may hold {@code ::}; a field of
 * JSON is written with {@code :\u003a} instead, since some parsers cut there.
 *
 * <p>Binary messages are {@link #KEEP_ALIVE} or the next piece of the file that was announced last.
 */
public interface Message {

  /** Between the name and the fields. */
  String SEPARATOR = "::";

  /** The binary message that both sides send every 15 s, also in the middle of a file. */
  String KEEP_ALIVE = "KEEP_ALIVE";

  /** As it goes over the wire. */
  String text();

  /** Joins a name and fields. */
  static String join(String name, Object... fields) {
    StringBuilder text = new StringBuilder(name);
    for (Object field : fields) {
      text.append(SEPARATOR).append(field);
    }
    return text.toString();
  }
}
