package org.peerworks.worker;

import java.util.concurrent.Future;
import org.peerworks.transport.api.Peer;

/** One peer that is connected, and how many of its channels are served. */
final class Visit {

  private final Peer peer;
  private int channels;
  private long withoutSince = System.nanoTime();
  private boolean ended;
  private Future<?> end;

  Visit(Peer peer) {
    this.peer = peer;
  }

  Peer peer() {
    return peer;
  }

  synchronized int channels() {
    return channels;
  }

  /** Since when it has had no channel, as {@link System#nanoTime} counts. */
  synchronized long withoutSince() {
    return withoutSince;
  }

  /**
   * Ends this visit unless a channel is served; then none is from now on.
   *
   * @return whether it has ended
   */
  synchronized boolean end() {
    ended = channels == 0;
    return ended;
  }

  /**
   * @return whether the channel may be served
   */
  synchronized boolean open(int most) {
    if (ended || channels >= most) {
      return false;
    }
    channels++;
    endAt(null);
    return true;
  }

  /**
   * @return whether it was the last one
   */
  synchronized boolean close() {
    channels--;
    if (channels == 0) {
      withoutSince = System.nanoTime();
    }
    return channels == 0;
  }

  /** Sets what ends this visit unless a channel is opened before. */
  synchronized void endAt(Future<?> planned) {
    if (end != null) {
      end.cancel(false);
    }
    end = planned;
    if (channels > 0 && planned != null) {
      planned.cancel(false);
    }
  }
}
