package org.peerworks.protocol.sleap.internal.wire;

/** {@code END_OF_FILE}: the file that was announced last is whole (§2.2, §2.3). */
public record EndOfFile() implements ClientMessage, WorkerMessage {

  static final String NAME = "END_OF_FILE";

  @Override
  public String text() {
    return NAME;
  }
}
