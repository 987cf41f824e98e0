package org.peerworks.health;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the checks, the watchdog and the page with figures. */
@ObjectClassDefinition(
    id = Config.PID,
    name = "Health",
    description = "Checks, watchdog and figures of this worker")
public @interface Config {

  /** Of the configuration. */
  String PID = "org.peerworks.health";

  @AttributeDefinition(
      description =
          "Port of the page with figures and checks, on 127.0.0.1 only: /metrics and /health. -1 for"
              + " none; 0 for any that is free, which is then in the log and in health/http",
      min = "-1",
      max = "65535")
  int httpPort() default -1;

  @AttributeDefinition(
      description =
          "Seconds without a sign of life after which a vital part counts as silent; 0 never asks."
              + " A service manager that wants to hear more often is told more often",
      min = "0",
      max = "3600")
  int watchdogSeconds() default 60;

  @AttributeDefinition(
      description =
          "Levels of readiness that are reached before the service manager is told that the worker"
              + " is ready: framework, store, jobs, room")
  String[] readyLevels() default {"framework", "store", "jobs"};

  @AttributeDefinition(
      description = "Gigabytes on the disk of the data directory below which a check warns",
      min = "0",
      max = "1000000")
  int diskWarnGigabytes() default 20;
}
