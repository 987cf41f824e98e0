package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.peerworks.files.api.FileResolver;
import org.peerworks.job.api.Jobs;
import org.peerworks.lib.files.FileTrees;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sleap-rtc worker that takes jobs, and what it has sent so far. */
final class SleapWorker implements RemoteWorker {

  private static final Logger LOG = LoggerFactory.getLogger(SleapWorker.class);

  /** Longer than a client follows one job. */
  private static final Duration STALE = Duration.ofDays(7);

  private static final Duration TICK = Duration.ofMillis(250);

  private final WorkerLink link;
  private final Generation generation;
  private final SleapJobs jobs;
  private final Optional<WorkerFiles> files;
  private final Path directory;
  private final Future<?> ticking;

  SleapWorker(
      WorkerLink link,
      Generation generation,
      Optional<FsReply.Info> info,
      ClientSettings settings,
      ClientThreads threads)
      throws IOException {
    this.link = link;
    this.generation = generation;
    Files.createDirectories(settings.directory());
    Leftovers.delete(settings.directory(), STALE);
    this.directory = Files.createTempDirectory(settings.directory(), "received-");
    this.files =
        generation == Generation.G3
            ? Optional.of(new WorkerFiles(link.files(), info))
            : Optional.empty();
    Submitter submitter = new Submitter(link, generation, info, settings, threads, directory);
    this.jobs = new SleapJobs(generation, submitter);
    files.ifPresent(each -> submitter.mayNotSendPackages(each::hasChosen));
    this.ticking = threads.every(TICK, jobs::tick);
    link.listen(new Idle());
  }

  @Override
  public String identity() {
    return "";
  }

  @Override
  public String description() {
    return "sleap-rtc " + generation.label();
  }

  @Override
  public Jobs jobs() {
    return jobs;
  }

  /** Workers before the third generation have no questions about files. */
  @Override
  public Optional<FileResolver> files() {
    return files.map(FileResolver.class::cast);
  }

  @Override
  public CompletionStage<String> closed() {
    return link.closed().copy();
  }

  @Override
  public void close() {
    ticking.cancel(false);
    link.close();
    jobs.close("The client is done.");
    try {
      FileTrees.delete(directory);
    } catch (IOException e) {
      LOG.warn("What a worker sent could not be deleted from '{}'", directory, e);
    }
  }

  /** Hears the worker while there is no job. */
  private static final class Idle implements WorkerLink.Listener {
    @Override
    public void onMessage(WorkerMessage message) {
      LOG.debug("A worker said something while there was no job: {}", message.getClass());
    }

    @Override
    public void onChunk(ByteBuffer chunk) {
      LOG.debug("A worker sent {} bytes while there was no job", chunk.remaining());
    }

    @Override
    public void onClosed(String reason) {}
  }
}
