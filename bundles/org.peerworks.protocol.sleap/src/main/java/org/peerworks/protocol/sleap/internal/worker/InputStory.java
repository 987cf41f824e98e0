package org.peerworks.protocol.sleap.internal.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.Mounts;
import org.peerworks.files.api.NewFile;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.Progress;
import org.peerworks.protocol.sleap.internal.wire.InputReply;
import org.peerworks.protocol.sleap.internal.wire.JobReply;
import org.peerworks.protocol.sleap.internal.wire.RunReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the job of a package in the worker's input directory (§2.4): its log, and one word at its
 * end. The results are put where the client was told, and not streamed.
 */
final class InputStory implements Story {

  private static final Logger LOG = LoggerFactory.getLogger(InputStory.class);
  private static final int BUFFER = 256 << 10;

  private final Lane lane;
  private final Mounts mounts;
  private final String clientId;
  private final String outputDirectory;
  private final Executor pool;

  /**
   * @param outputDirectory exists in a mount
   */
  InputStory(Lane lane, Mounts mounts, String clientId, String outputDirectory, Executor pool) {
    this.lane = lane;
    this.mounts = mounts;
    this.clientId = clientId;
    this.outputDirectory = outputDirectory;
    this.pool = pool;
  }

  /** Its results stay on the worker, so nobody has to wait for them. */
  @Override
  public boolean endsWithItsReader() {
    return false;
  }

  @Override
  public void refused(Refusal why) {
    fail(why.getMessage());
  }

  private CompletionStage<Void> fail(String why) {
    return lane.send(new JobReply.Failed(clientId, "", 1, 0, Texts.line(why, 4000)));
  }

  @Override
  public void accepted(Job job) {
    // The path of its results has been told.
  }

  @Override
  public CompletionStage<Void> waiting(int place) {
    return line("Waiting for the worker, place %d in its queue".formatted(place), false);
  }

  @Override
  public CompletionStage<Void> line(String line, boolean redraw) {
    String text = LogText.raw(line);
    return lane.send(redraw ? new RunReply.Redraw(text, false) : new RunReply.LogText(text + "\n"));
  }

  @Override
  public CompletionStage<Void> progress(Progress progress) {
    // The log has it.
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> reported(String json) {
    // This generation has no word for it.
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> ended(Jobs jobs, Job job) {
    CompletionStage<Void> placed = CompletableFuture.completedFuture(null);
    for (JobOutput output : job.outputs()) {
      placed =
          placed
              .thenCompose(done -> jobs.openOutput(job.id(), output.name(), 0))
              .thenAcceptAsync(source -> place(source, output.name()), pool);
    }
    return placed.handle(
        (done, failure) -> {
          if (failure != null) {
            Refusal why = FollowedJob.refusal(failure);
            LOG.warn("The results of job '{}' could not be placed", job.id(), failure);
            fail("The results could not be written: " + why.getMessage());
          } else if (job.state() == JobState.SUCCEEDED) {
            lane.send(new InputReply.TrainingComplete());
          } else {
            fail(job.reason().isBlank() ? "The job has ended as " + job.state() : job.reason());
          }
          return null;
        });
  }

  private void place(ReadableByteChannel source, String name) {
    try (source;
        NewFile file = mounts.create(outputDirectory + "/" + name)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      while (source.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
        buffer.clear();
      }
      file.commit();
    } catch (FileAccessException e) {
      throw new Refusal(e.code().name(), e.getMessage(), e);
    } catch (IOException e) {
      throw new Refusal("NO_SPACE", "The worker's disk failed or is full.", e);
    }
  }
}
