package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import org.peerworks.job.api.JobState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the jobs' directories in order after the worker was killed. What it cannot put in order it
 * leaves and says so: no directory keeps a worker from starting.
 */
final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private final JobFiles files;
  private final KeptInputs kept;
  private final StoreReaders readers;
  private final Clock clock;

  Leftovers(JobFiles files, KeptInputs kept, StoreReaders readers, Clock clock) {
    this.files = files;
    this.kept = kept;
    this.readers = readers;
    this.clock = clock;
  }

  /**
   * Deletes the directories of jobs that were never accepted or are deleted from the store, and of
   * ended jobs what they need no more. Directories that are newer than all that the store knows are
   * set aside in {@code jobs/unknown/}: the store may be lost, or a copy of an earlier day.
   *
   * @throws IOException the directory of the jobs or the store cannot be read
   */
  void tidy() throws IOException {
    String last = readers.read(Queries::lastId);
    for (String id : files.ids().stream().sorted().toList()) { // as they came
      Optional<JobState> state = readers.read(q -> q.state(id));
      try {
        if (state.isEmpty()) {
          remove(id, id.compareTo(last) > 0);
        } else if (state.get().isFinal()) {
          kept.tidy(id, state.get(), false);
        }
      } catch (IOException | RuntimeException e) {
        LOG.error("The directory of job '{}' could not be put in order and is left", id, e);
      }
    }
  }

  private void remove(String id, boolean newer) throws IOException {
    // Written last before a job is accepted: without it there never was a job.
    boolean whole = Files.exists(files.job(id).resolve("request.json"));
    if (newer && whole) {
      LOG.warn(
          "The store knows no job '{}'; its directory is now '{}'",
          id,
          files.setAside(id, clock.instant()));
    } else {
      LOG.info("Deletes the half-made job '{}'", id);
      files.delete(id);
    }
  }
}
