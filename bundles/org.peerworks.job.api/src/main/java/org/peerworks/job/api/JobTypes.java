package org.peerworks.job.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The versions of each job type on this worker, side by side, and which of them takes new jobs. A
 * service of the job engine.
 *
 * <p>A job is pinned to the version that accepted it. New jobs go to the version that was chosen
 * with {@link #use}, else to the highest one that is neither retired nor withdrawn; {@link #share}
 * sends a part of them elsewhere. All of these choices survive a restart of the worker, and they
 * are kept for a version whose bundle goes away, for when it comes back.
 *
 * <p>A version that comes where another one of its type is known is on trial: if too many of its
 * first jobs fail it is withdrawn (keys {@code trialJobs} and {@code trialFailures} of the job
 * engine). Jobs that wait for it and have not begun then move to the version that takes new jobs
 * now. Where no other version is here, a withdrawn version still takes jobs.
 *
 * <p>Thread-safe. What changes something blocks until the change is on stable storage, and throws
 * {@link JobException}: {@link JobException.Code#UNKNOWN_TYPE} for a type or version that is not
 * known, naming those that are; {@link JobException.Code#INVALID} for what cannot be.
 */
@ProviderType
public interface JobTypes {

  /**
   * All versions that are running, that jobs are pinned to or that a choice is kept for. By type,
   * then highest version first. Does not block.
   */
  List<JobTypeVersion> versions();

  /**
   * Sends all new jobs of a type to one version, until another choice is made or the version is
   * retired or withdrawn. Ends the type's {@link #share shares}. A retired or withdrawn version is
   * {@link #reinstate reinstated}.
   *
   * @param version one that is running
   */
  void use(String type, String version);

  /** Takes back what {@link #use} and {@link #share} said: the highest healthy version again. */
  void useHighest(String type);

  /**
   * Sends a part of the new jobs of a type to one version; the others go where they would without
   * it. A retired or withdrawn version is {@link #reinstate reinstated}.
   *
   * @param version one that is running
   * @param percent 0 to 100, of all new jobs of the type; 0 takes the share back. The shares of a
   *     type are 100 at most in all
   */
  void share(String type, String version, int percent);

  /**
   * Lets a version take no new jobs, also if it is the only one: those are then refused by name.
   * Jobs that it has accepted end on it. Does nothing if it is retired already.
   *
   * @param version one that is known, running or not
   * @param reason in words, shown with the version; not blank
   */
  void retire(String type, String version, String reason);

  /**
   * Takes back that a version was retired or withdrawn: it is as one that has just come, with a new
   * trial. Does nothing if it was neither.
   *
   * @param version one that is known, running or not
   */
  void reinstate(String type, String version);

  /**
   * Tells what happens to versions from now on. Who must miss nothing asks for {@link #versions()}
   * once it is subscribed.
   */
  Subscription watch(JobTypesListener listener);
}
