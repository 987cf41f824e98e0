package org.peerworks.job.process;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A worker in a JVM of its own, to be killed: starts one program, says so and waits. */
final class KilledWorker {

  private KilledWorker() {}

  public static void main(String[] arguments) throws Exception {
    Steps steps = new Steps(Path.of(arguments[0]));
    steps.sh(steps.executor(), arguments[1]);
    System.out.println("started");
    System.out.flush();
    new CountDownLatch(1).await();
  }
}
