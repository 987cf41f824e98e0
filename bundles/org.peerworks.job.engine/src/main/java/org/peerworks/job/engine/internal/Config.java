package org.peerworks.job.engine.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The limits and sizes of the job engine; PID {@link #PID}. */
@ObjectClassDefinition(name = "Job engine", description = "Queue, slots and limits of this worker")
public @interface Config {

  String PID = "org.peerworks.job.engine";

  @AttributeDefinition(
      description = "Jobs that may run at once on the CPU; 0 takes none",
      min = "0",
      max = "1024")
  int cpuSlots() default 1;

  @AttributeDefinition(
      description = "Jobs that may run at once on a GPU each; -1 counts the GPUs",
      min = "-1",
      max = "64")
  int gpuSlots() default -1;

  @AttributeDefinition(
      description = "Jobs of one caller that may wait at once",
      min = "1",
      max = "10000000")
  int maxQueuedPerCaller() default 1000;

  @AttributeDefinition(description = "Jobs that may wait at once", min = "1", max = "10000000")
  int maxQueued() default 10_000;

  @AttributeDefinition(
      description =
          "So many waiting jobs, and subscriptions, each caller may have when others have taken"
              + " three quarters of all: the rest is kept for callers that have few",
      min = "0",
      max = "1000000")
  int assuredPerCaller() default 10;

  @AttributeDefinition(description = "Input files of one job", min = "0", max = "100000")
  int maxInputs() default 100;

  @AttributeDefinition(
      description = "Bytes of all input files of one job",
      min = "0",
      max = "1125899906842624")
  long maxInputBytes() default 200L << 30;

  @AttributeDefinition(
      description = "Bytes of the parameters of one job, as UTF-8",
      min = "2",
      max = "16777216")
  int maxParameterBytes() default 256 << 10;

  @AttributeDefinition(
      description = "Bytes that must stay free on the disk of the jobs",
      min = "0",
      max = "1125899906842624")
  long diskReserveBytes() default 1L << 30;

  @AttributeDefinition(
      description = "Seconds that a job may run if its caller names no time",
      min = "1",
      max = "315360000")
  long defaultTimeoutSeconds() default 7 * 24 * 3600;

  @AttributeDefinition(
      description = "Seconds that a job may run at most",
      min = "1",
      max = "315360000")
  long maxTimeoutSeconds() default 30 * 24 * 3600;

  @AttributeDefinition(
      description = "Seconds from the polite signal to the kill of a program",
      min = "0",
      max = "3600")
  long stopGraceSeconds() default 10;

  @AttributeDefinition(
      description =
          "Seconds that jobs wait at the start for the program executor, and for the version of"
              + " their job type, also when its bundle goes away: then another version does them",
      min = "0",
      max = "3600")
  int executorWaitSeconds() default 20;

  @AttributeDefinition(
      description =
          "First jobs of a job type's new version that are watched; 0 watches none. The first"
              + " version of a type has no trial",
      min = "0",
      max = "1000")
  int trialJobs() default 5;

  @AttributeDefinition(
      description =
          "So many of them that fail, not through their owner, withdraw the version: others take"
              + " its new jobs",
      min = "1",
      max = "1000")
  int trialFailures() default 2;

  @AttributeDefinition(
      description = "Milliseconds after which work in the JVM is interrupted",
      min = "0",
      max = "3600000")
  long interruptAfterMillis() default 2000;

  @AttributeDefinition(
      description = "Milliseconds from the interrupt until work is given up",
      min = "0",
      max = "3600000")
  long abandonAfterMillis() default 10_000;

  @AttributeDefinition(
      description = "Bytes that the log of one job may have",
      min = "4096",
      max = "1125899906842624")
  long maxLogBytes() default 1L << 30;

  @AttributeDefinition(description = "Output files of one job", min = "0", max = "100000")
  int maxOutputs() default 1000;

  @AttributeDefinition(
      description = "Bytes of the result document of one job, as UTF-8",
      min = "2",
      max = "16777216")
  int maxDocumentBytes() default 1 << 20;

  @AttributeDefinition(
      description =
          "Days after which an ended job is deleted with its outputs and log; 0 keeps all. Its"
              + " working files are deleted as soon as it has ended, its inputs too, unless it failed",
      min = "0",
      max = "36500")
  int keepDays() default 30;

  @AttributeDefinition(
      description = "Ended jobs that are kept; 0 keeps all",
      min = "0",
      max = "1000000000")
  long keepJobs() default 1_000_000;

  @AttributeDefinition(
      description =
          "Bytes of inputs that are kept of jobs that failed, the newest, so that"
              + " 'job:retry' can hand them in again; none while the disk is short of room",
      min = "0",
      max = "1125899906842624")
  long keepInputBytes() default 10L << 30;

  @AttributeDefinition(
      description = "Places at the head of the queue whose moves are told",
      min = "0",
      max = "10000")
  int announcedPlaces() default 100;

  @AttributeDefinition(
      description = "Calls on jobs that may wait for a thread at once",
      min = "1",
      max = "1000000")
  int maxPendingCalls() default 10_000;

  @AttributeDefinition(
      description = "Subscriptions to events and logs that may be open at once",
      min = "1",
      max = "1000000")
  int maxSubscriptions() default 4096;

  @AttributeDefinition(
      description = "Subscriptions to events and logs that one caller may have open at once",
      min = "1",
      max = "1000000")
  int maxSubscriptionsPerCaller() default 64;
}
