package org.peerworks.protocol.sleap.internal.worker;

/** The line with which a training's log says that it is trained and inference follows. */
final class InferenceLine {

  private static final String BEGIN = "Inference with the trained models";

  private InferenceLine() {}

  static boolean begins(String line) {
    return line.startsWith(BEGIN);
  }
}
