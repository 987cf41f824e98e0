package org.peerworks.protocol.peerworks.internal.client;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs what must be run, also when the pool is gone. */
final class Pools {

  private Pools() {}

  static void run(Executor pool, Runnable task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }
}
