package org.peerworks.job.track;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.peerworks.files.api.Mounts;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobType;
import org.peerworks.lib.files.ArchiveLimits;
import org.peerworks.lib.files.FileTrees;
import org.peerworks.lib.sleap.JobPackage;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.Publication;
import org.peerworks.lib.sleap.Script;
import org.peerworks.lib.sleap.TrainerStep;
import org.peerworks.lib.sleap.WorkerPaths;

/**
 * Runs a SLEAP tracking package with the worker's {@code sleap-nn}.
 *
 * <p>Input: one {@code .zip} with {@code track-script.sh}, the data and the models, flat or in one
 * folder, where absolute paths name data and models in the worker's mounts; or none, and parameters
 * that name data and models in the worker's mounts. Output: the predictions under the file name
 * that the script or the parameters give them.
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
    @AttributeDefinition(
        description = "Most files and folders in a package",
        min = "1",
        max = "10000000")
    int maxEntries() default 100_000;

    @AttributeDefinition(
        description = "Most bytes in a package, unpacked",
        min = "1",
        max = "1125899906842624")
    long maxBytes() default 200L << 30;

    @AttributeDefinition(
        description = "Most unpacked bytes for each packed byte, beyond the first MiB",
        min = "1",
        max = "1000000")
    int maxRatio() default 1000;

    @AttributeDefinition(
        description = "Bytes of the disk that unpacking leaves free",
        min = "0",
        max = "1125899906842624")
    long reserveBytes() default 1L << 30;

    @AttributeDefinition(
        description = "Most kilobytes (2^10) of a package's script",
        min = "1",
        max = "256")
    int maxScriptKilobytes() default 256;
  }

  private final ArchiveLimits limits;
  private final int scriptBytes;

  @Reference(
      name = "mounts",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Mounts mounts;

  @Activate
  public TrackJobType(Config config) {
    this(
        new ArchiveLimits(
            config.maxEntries(), config.maxBytes(), config.maxRatio(), config.reserveBytes()),
        config.maxScriptKilobytes() << 10);
  }

  TrackJobType withMounts(Mounts mounts) {
    this.mounts = mounts;
    return this;
  }

  TrackJobType(ArchiveLimits limits) {
    this(limits, Script.MOST_BYTES);
  }

  private TrackJobType(ArchiveLimits limits, int scriptBytes) {
    this.limits = limits;
    this.scriptBytes = scriptBytes;
  }

  @Override
  public JobResult run(JobContext context) throws Exception {
    WorkerPaths paths = new WorkerPaths(() -> Optional.ofNullable(mounts));
    TrackPackage job;
    try {
      job = TrackPackage.open(context, limits, scriptBytes, paths);
    } catch (PackageException e) {
      FileTrees.delete(JobPackage.directory(context.workDirectory()));
      return JobResult.refused(e.getMessage(), Tracking.document(List.of(), 0));
    }
    TrainerStep trainer = new TrainerStep(context, paths);
    return new Tracking(context, job, trainer, new Publication(context, paths)).run();
  }
}
