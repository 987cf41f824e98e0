package org.peerworks.job.api;

import org.osgi.annotation.versioning.ProviderType;

/** The door to the jobs of this worker. A service of the job engine. */
@ProviderType
public interface JobAccess {

  /** The jobs as the caller may see and steer them. Cheap; nothing to close. */
  Jobs as(Caller caller);
}
