package org.peerworks.protocol.sleap.internal.worker;

import java.util.Optional;
import java.util.function.Supplier;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.Mounts;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.Jobs;

/**
 * What the worker has to offer at the moment; each may come and go.
 *
 * @param jobs gives null while there is no job engine
 * @param mounts gives null while there is no file resolver
 * @param resolver gives null while there is no file resolver
 */
public record Services(
    Supplier<JobAccess> jobs, Supplier<Mounts> mounts, Supplier<FileResolver> resolver) {

  Jobs jobs(Caller caller) {
    return Optional.ofNullable(jobs.get())
        .orElseThrow(
            () ->
                new Refusal(
                    "UNAVAILABLE",
                    "This worker has no job engine at the moment. Try again later, or tell its administrator."))
        .as(caller);
  }

  Mounts requireMounts() {
    return Optional.ofNullable(mounts.get()).orElseThrow(Services::noMounts);
  }

  FileResolver requireResolver() {
    return Optional.ofNullable(resolver.get()).orElseThrow(Services::noMounts);
  }

  private static Refusal noMounts() {
    return new Refusal(
        "ACCESS_DENIED", "This worker has no mounts. Ask its administrator to configure one.");
  }
}
