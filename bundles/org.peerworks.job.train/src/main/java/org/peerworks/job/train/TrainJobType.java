package org.peerworks.job.train;

import java.time.Duration;
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
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.Publication;
import org.peerworks.lib.sleap.Script;
import org.peerworks.lib.sleap.TrainerStep;
import org.peerworks.lib.sleap.WorkerPaths;

/**
 * Trains the models of a SLEAP training package with the worker's {@code sleap-nn}.
 *
 * <p>Input: one {@code .zip} with {@code train-script.sh}, configurations and labels, flat or in
 * one folder; or one {@code .slp} with the {@code .yaml} configurations to train on it. Output:
 * {@code trained_<name>.zip} with one folder for each model. Instead of sent files, parameters may
 * name those in the worker's mounts.
 */
@Component(
    name = "org.peerworks.job.train",
    property = {
      JobType.TYPE + "=train",
      JobType.SLOTS + "=gpu",
      JobType.RESTART + "=rerun",
      JobType.CONTROL + "=true",
      JobType.SCHEMA + "=schema/train.json"
    })
@Designate(ocd = TrainJobType.Config.class)
public final class TrainJobType implements JobType {

  @ObjectClassDefinition(name = "Job type train", description = "What a training package may hold")
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

    @AttributeDefinition(
        description = "Most kilobytes (2^10) of a training configuration",
        min = "1",
        max = "1024")
    int maxConfigKilobytes() default 1024;

    @AttributeDefinition(
        description = "Whether packages may bring checkpoints; loading one may run code")
    boolean allowCheckpoints() default false;

    @AttributeDefinition(
        description =
            "Seconds that a trainer which takes commands has from being asked to stop until it is"
                + " interrupted",
        min = "0",
        max = "30")
    int stopGraceSeconds() default 30;
  }

  private final TrainLimits limits;
  private final Duration grace;

  @Reference(
      name = "mounts",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Mounts mounts;

  @Activate
  public TrainJobType(Config config) {
    this(
        new TrainLimits(
            new ArchiveLimits(
                config.maxEntries(), config.maxBytes(), config.maxRatio(), config.reserveBytes()),
            config.allowCheckpoints(),
            config.maxScriptKilobytes() << 10,
            config.maxConfigKilobytes() << 10),
        grace(config.stopGraceSeconds()));
  }

  private static Duration grace(int seconds) {
    if (seconds < 0 || seconds > 30) {
      throw new IllegalArgumentException(
          "'stopGraceSeconds' in org.peerworks.job.train.cfg is " + seconds + "; write 0 to 30.");
    }
    return Duration.ofSeconds(seconds);
  }

  TrainJobType withMounts(Mounts mounts) {
    this.mounts = mounts;
    return this;
  }

  TrainJobType(ArchiveLimits limits, boolean checkpoints) {
    this(
        new TrainLimits(limits, checkpoints, Script.MOST_BYTES, ConfigFile.MOST_BYTES),
        Duration.ofSeconds(30));
  }

  private TrainJobType(TrainLimits limits, Duration grace) {
    this.limits = limits;
    this.grace = grace;
  }

  @Override
  public JobResult run(JobContext context) throws Exception {
    WorkerPaths paths = new WorkerPaths(() -> Optional.ofNullable(mounts));
    TrainPackage job;
    try {
      job = TrainPackage.open(context, limits, paths);
    } catch (PackageException e) {
      TrainPackage.discard(context.workDirectory());
      return JobResult.refused(e.getMessage(), TrainDocument.of(List.of()));
    }
    TrainerStep trainer = new TrainerStep(context, paths);
    return new Training(context, job, trainer, new Publication(context, paths), grace).run();
  }
}
