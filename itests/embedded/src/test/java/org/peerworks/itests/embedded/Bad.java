package org.peerworks.itests.embedded;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What bad bundles contain. */
final class Bad {

  /** System property that ends what hangs and what was left behind. */
  static final String END = "peerworks.itests.end";

  private Bad() {}

  /** Cannot be made. */
  public static final class Throws {
    public Throws() {
      throw new IllegalStateException("The licence has expired.");
    }
  }

  /** Is never made, whoever interrupts. */
  public static final class Hangs {
    public Hangs() {
      awaitEnd();
    }
  }

  /** Leaves a thread behind. */
  public static final class Leaks {
    public Leaks() {
      Thread thread = new Thread(Bad::awaitEnd, "heartbeat-of-nobody");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Needs what nobody offers. */
  public static final class Waits {

    private Object found;

    public void bind(java.util.Comparator<?> comparator) {
      found = comparator;
    }

    @Override
    public String toString() {
      return "found " + found;
    }
  }

  static void awaitEnd() {
    CountDownLatch never = new CountDownLatch(1);
    while (System.getProperty(END) == null) {
      try {
        never.await(100, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        continue;
      }
    }
  }
}
