package org.peerworks.cli.service;

import java.io.IOException;

/** The worker as whoever supervises it sees it. */
interface Service {

  /**
   * What is known of the worker.
   *
   * @param active it has said that it is ready, and has not ended
   * @param moving it has not said so yet, or is about to end
   * @param pid of the process; 0 if there is none
   * @param why in words, what it last said or how it ended; may be empty
   */
  record Status(boolean active, boolean moving, long pid, String why) {

    /** Whether it ended, or does not come up. */
    boolean down() {
      return !active && !moving;
    }
  }

  Status status() throws IOException, InterruptedException;

  /** Begins to start it; does not wait. */
  void start() throws IOException, InterruptedException;

  /** Stops it as one that is started again soon: jobs that can go on without it do. Waits. */
  void stop() throws IOException, InterruptedException;

  /** Asks it to take no more jobs, and to end when all that run can go on without it. */
  void drain() throws IOException, InterruptedException;
}
