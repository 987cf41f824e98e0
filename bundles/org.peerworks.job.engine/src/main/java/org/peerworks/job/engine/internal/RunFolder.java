package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.peerworks.job.api.Slot;

/** The directory of a running job; made when something in it is first needed. Thread-safe. */
final class RunFolder {

  private static final String SLOT = "slot";

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

  /** Keeps which slot the programs of the job use, for a worker that finds them running. */
  void keepSlot(Slot slot) throws IOException {
    Files.writeString(steps().resolve(SLOT), slot.kind() + " " + slot.index());
  }

  /** The slot that was kept; empty if none was. */
  static Optional<Slot> slot(JobFiles files, String id) throws IOException {
    Path file = files.steps(id).resolve(SLOT);
    String[] words = Files.exists(file) ? Files.readString(file).split(" ") : new String[0];
    boolean whole = words.length == 2 && words[1].matches("[0-9]{1,6}");
    return whole ? Optional.of(new Slot(words[0], Integer.parseInt(words[1]))) : Optional.empty();
  }

  /** The file of the log, whether it is there or not. */
  Path log() {
    return files.log(job.id());
  }
}
