package org.peerworks.cli.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.peerworks.job.api.Job;

/** Brings back what a job returned. */
@FunctionalInterface
public interface Results {

  /**
   * Fetches the outputs of a job that is final.
   *
   * @return where things are now
   */
  List<Path> fetch(Job job) throws IOException, InterruptedException;
}
