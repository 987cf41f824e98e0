package org.peerworks.job.api;

/** Ends a job type's work because the job was cancelled, ran out of time or the worker stops. */
public final class JobStopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JobStopped(String message) {
    super(message);
  }
}
