package org.peerworks.transport.webrtc;

import java.nio.file.Path;
import java.util.Scanner;

/** {@link ChannelTransfer} for benchmarks of others: one transfer for each line that is read. */
final class ChannelRate {

  private ChannelRate() {}

  /** Arguments: a directory for temporary files. Lines: bytes to send. */
  public static void main(String[] args) throws Exception {
    Scanner lines = new Scanner(System.in);
    while (lines.hasNextLong()) {
      Spent spent = ChannelTransfer.send(Path.of(args[0]), lines.nextLong(), 256 << 10);
      System.out.println("spent " + spent.seconds() + " " + spent.cpuSeconds());
      System.out.flush();
    }
    // The native library prints while the process exits.
    Runtime.getRuntime().halt(0);
  }
}
