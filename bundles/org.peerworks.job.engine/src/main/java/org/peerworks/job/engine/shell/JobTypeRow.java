package org.peerworks.job.engine.shell;

import org.peerworks.job.api.JobTypeInfo;

/** A job type as the shell lists it. */
public record JobTypeRow(String name, String version, String slots) {

  static JobTypeRow of(JobTypeInfo type) {
    return new JobTypeRow(type.name(), type.version(), type.slots());
  }
}
