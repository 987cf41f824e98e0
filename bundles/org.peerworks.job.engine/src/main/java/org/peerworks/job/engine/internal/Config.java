package org.peerworks.job.engine.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The limits and sizes of the job engine; PID {@link #PID}. */
@ObjectClassDefinition(name = "Job engine", description = "Queue, slots and limits of this worker")
public @interface Config {

  String PID = "org.peerworks.job.engine";

  @AttributeDefinition(description = "Jobs that may run at once on the CPU; 0 takes none")
  int cpuSlots() default 1;

  @AttributeDefinition(description = "Jobs that may run at once on a GPU each; -1 counts the GPUs")
  int gpuSlots() default -1;

  @AttributeDefinition(description = "Jobs of one caller that may wait at once")
  int maxQueuedPerCaller() default 1000;

  @AttributeDefinition(description = "Jobs that may wait at once")
  int maxQueued() default 10_000;

  @AttributeDefinition(
      description =
          "So many waiting jobs, and subscriptions, each caller may have when others have taken"
              + " three quarters of all: the rest is kept for callers that have few")
  int assuredPerCaller() default 10;

  @AttributeDefinition(description = "Input files of one job")
  int maxInputs() default 100;

  @AttributeDefinition(description = "Bytes of all input files of one job")
  long maxInputBytes() default 200L << 30;

  @AttributeDefinition(description = "Bytes of the parameters of one job, as UTF-8")
  int maxParameterBytes() default 256 << 10;

  @AttributeDefinition(description = "Bytes that must stay free on the disk of the jobs")
  long diskReserveBytes() default 1L << 30;

  @AttributeDefinition(description = "Seconds that a job may run if its caller names no time")
  long defaultTimeoutSeconds() default 7 * 24 * 3600;

  @AttributeDefinition(description = "Seconds that a job may run at most")
  long maxTimeoutSeconds() default 30 * 24 * 3600;

  @AttributeDefinition(description = "Seconds from the polite signal to the kill of a program")
  long stopGraceSeconds() default 10;

  @AttributeDefinition(
      description =
          "Seconds that jobs wait at the start for a program executor to stop what an earlier"
              + " worker left")
  int executorWaitSeconds() default 20;

  @AttributeDefinition(description = "Milliseconds after which work in the JVM is interrupted")
  long interruptAfterMillis() default 2000;

  @AttributeDefinition(description = "Milliseconds from the interrupt until work is given up")
  long abandonAfterMillis() default 10_000;

  @AttributeDefinition(description = "Bytes that the log of one job may have")
  long maxLogBytes() default 1L << 30;

  @AttributeDefinition(description = "Output files of one job")
  int maxOutputs() default 1000;

  @AttributeDefinition(description = "Bytes of the result document of one job, as UTF-8")
  int maxDocumentBytes() default 1 << 20;

  @AttributeDefinition(
      description =
          "Days after which an ended job is deleted with its outputs and log; 0 keeps all. Its"
              + " inputs and working files are deleted as soon as it has ended")
  int keepDays() default 30;

  @AttributeDefinition(description = "Ended jobs that are kept; 0 keeps all")
  long keepJobs() default 1_000_000;

  @AttributeDefinition(description = "Places at the head of the queue whose moves are told")
  int announcedPlaces() default 100;

  @AttributeDefinition(description = "Calls on jobs that may wait for a thread at once")
  int maxPendingCalls() default 10_000;

  @AttributeDefinition(description = "Subscriptions to events and logs that may be open at once")
  int maxSubscriptions() default 4096;

  @AttributeDefinition(
      description = "Subscriptions to events and logs that one caller may have open at once")
  int maxSubscriptionsPerCaller() default 64;
}
