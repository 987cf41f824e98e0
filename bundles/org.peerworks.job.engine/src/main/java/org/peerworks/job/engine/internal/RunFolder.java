package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of a running job; made when something in it is first needed. Thread-safe. */
final class RunFolder {

  private final JobFiles files;
  private final StoredJob job;
  private boolean made;

  RunFolder(JobFiles files, StoredJob job) {
    this.files = files;
    this.job = job;
  }

  /** The job's own directory. */
  synchronized Path make() throws IOException {
    if (!made) {
      new JobFolder(files).ensure(job);
      made = true;
    }
    return files.job(job.id());
  }

  Path work() throws IOException {
    make();
    return Files.createDirectories(files.work(job.id()));
  }

  Path output() throws IOException {
    make();
    return Files.createDirectories(files.output(job.id()));
  }

  Path steps() throws IOException {
    make();
    return Files.createDirectories(files.steps(job.id()));
  }

  /** The file of the log, whether it is there or not. */
  Path log() {
    return files.log(job.id());
  }
}
