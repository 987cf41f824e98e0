package org.peerworks.protocol.peerworks.internal.wire;

import java.time.Duration;

/**
 * What a connection may take.
 *
 * @param hello longest time until both sides have proved who they are
 * @param ping silence of ours after which a ping is sent
 * @param silence silence of the peer after which it is taken for dead
 * @param stall longest time in which nothing that waits to be sent leaves
 * @param waitingText most bytes of text that may wait to be sent
 * @param waitingFile most bytes of files that may wait to be sent, so that other messages are not
 *     held up behind them
 * @param longestText most bytes of a text message of the peer, its parts together
 * @param messagesPerSecond most text messages of the peer per second, on average
 */
public record LinkLimits(
    Duration hello,
    Duration ping,
    Duration silence,
    Duration stall,
    int waitingText,
    int waitingFile,
    int longestText,
    int messagesPerSecond) {

  public static final LinkLimits DEFAULT =
      new LinkLimits(
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          32 << 20,
          1 << 20,
          Json.MAX_MESSAGE,
          5000);

  /** For a worker, whose many events and long answers a client has asked for. */
  public LinkLimits forClient() {
    return new LinkLimits(
        hello,
        ping,
        silence,
        stall,
        waitingText,
        waitingFile,
        Json.MAX_MESSAGE,
        (int) Math.min(Integer.MAX_VALUE, 100L * messagesPerSecond));
  }
}
