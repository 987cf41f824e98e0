package org.peerworks.job.track;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobType;
import org.peerworks.lib.files.ArchiveLimits;
import org.peerworks.lib.files.FileTrees;
import org.peerworks.lib.sleap.JobPackage;
import org.peerworks.lib.sleap.PackageException;

/**
 * Runs a SLEAP tracking package with the worker's {@code sleap-nn}.
 *
 * <p>Input: one {@code .zip} with {@code track-script.sh}, the data and the models, flat or in one
 * folder. Output: the predictions under the file name that the script gives them.
 */
@Component(
    name = "org.peerworks.job.track",
    property = {
      JobType.TYPE + "=track",
      JobType.SLOTS + "=gpu",
      JobType.RESTART + "=rerun",
      JobType.SCHEMA + "=schema/track.json"
    })
@Designate(ocd = TrackJobType.Config.class)
public final class TrackJobType implements JobType {

  @ObjectClassDefinition(name = "Job type track", description = "What a tracking package may hold")
  @interface Config {
    @AttributeDefinition(description = "Most files and folders in a package")
    int maxEntries() default 100_000;

    @AttributeDefinition(description = "Most bytes in a package, unpacked")
    long maxBytes() default 200L << 30;

    @AttributeDefinition(
        description = "Most unpacked bytes for each packed byte, beyond the first MiB")
    int maxRatio() default 1000;

    @AttributeDefinition(description = "Bytes of the disk that unpacking leaves free")
    long reserveBytes() default 1L << 30;
  }

  private final ArchiveLimits limits;

  @Activate
  public TrackJobType(Config config) {
    this(
        new ArchiveLimits(
            config.maxEntries(), config.maxBytes(), config.maxRatio(), config.reserveBytes()));
  }

  TrackJobType(ArchiveLimits limits) {
    this.limits = limits;
  }

  @Override
  public JobResult run(JobContext context) throws Exception {
    TrackPackage job;
    try {
      job = TrackPackage.open(context, limits);
    } catch (PackageException e) {
      FileTrees.delete(JobPackage.directory(context.workDirectory()));
      return JobResult.failed(e.getMessage(), Tracking.document(List.of(), 0), Map.of());
    }
    return new Tracking(context, job).run();
  }
}
