package org.peerworks.transport.direct;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The first 20 bytes on a socket, before TLS: four that say what this is, and the ticket that was
 * given through the room. Whoever has none learns nothing, and costs nothing but reading them. The
 * ticket proves nothing either: TLS does.
 */
final class Preamble {

  /** Bytes of a ticket. */
  static final int TICKET = 16;

  static final int SIZE = 4 + TICKET;

  private static final int MAGIC = 'P' << 24 | 'W' << 16 | 'd' << 8 | 1;

  private Preamble() {}

  static ByteBuffer of(String ticket) {
    return ByteBuffer.allocate(SIZE).putInt(MAGIC).put(HexFormat.of().parseHex(ticket)).flip();
  }

  /**
   * The ticket.
   *
   * @param received {@link #SIZE} bytes from position
   * @return empty if it is something else
   */
  static Optional<String> ticket(ByteBuffer received) {
    if (received.getInt() != MAGIC) {
      return Optional.empty();
    }
    byte[] ticket = new byte[TICKET];
    received.get(ticket);
    return Optional.of(HexFormat.of().formatHex(ticket));
  }
}
