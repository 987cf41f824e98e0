package org.peerworks.protocol.sleap.internal.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.Mounts;
import org.peerworks.job.api.JobRequest;
import org.peerworks.lib.files.FileNames;
import org.peerworks.protocol.sleap.internal.wire.InputReply;
import org.peerworks.protocol.sleap.internal.wire.InputRequest;
import org.peerworks.protocol.sleap.internal.wire.Texts;

/** Runs packages that lie in the worker's input directory (§2.4). Used by the channel's thread. */
final class InputIntake {

  private final SessionContext context;
  private final InputPlaces places;
  private String type = "train";
  private String jobId = "";

  InputIntake(SessionContext context) {
    this.context = context;
    this.places = context.clients().places();
  }

  void type(String wanted) {
    type = wanted;
  }

  void on(InputRequest request) {
    if (request instanceof InputRequest.JobId named) {
      jobId = named.id();
    } else if (request instanceof InputRequest.InputFile file) {
      run(file.name());
    } else if (request instanceof InputRequest.SharedInputPath
        || request instanceof InputRequest.SharedOutputPath) {
      context
          .lane()
          .send(
              new InputReply.PathError(
                  "This worker takes no paths of its own in this form. Update the client, which then names a file of the input directory, or a structured job."));
    }
    // What starts such a job finds none, and has had its answer.
  }

  private void run(String name) {
    String id = jobId;
    String jobType = type;
    jobId = "";
    type = "train";
    Path file;
    String output;
    Mounts mounts;
    try {
      mounts = context.services().requireMounts();
      file = find(mounts, name);
      context.lane().send(new InputReply.FileExists(name));
      output = outputDirectory(mounts, id);
    } catch (Refusal e) {
      context.lane().send(new InputReply.FileNotFound(Texts.line(name, 255), e.getMessage()));
      return;
    }
    context.lane().send(new InputReply.JobOutputPath(output));
    context
        .queue()
        .submit(
            context::jobs,
            new JobRequest(
                jobType,
                PackageIntake.there(file),
                Map.of(),
                JobRequest.DEFAULT_PRIORITY,
                UUID.randomUUID().toString(),
                Duration.ZERO),
            new InputStory(
                context.lane(), mounts, id.isEmpty() ? "job" : id, output, context.pool()),
            () -> {});
  }

  private Path find(Mounts mounts, String name) {
    try {
      FileNames.requirePlain(name);
    } catch (IllegalArgumentException e) {
      throw new Refusal("INVALID_PATH", "Invalid filename: " + e.getMessage(), e);
    }
    try {
      Path file = mounts.require(input(mounts) + "/" + name);
      if (!Files.isRegularFile(file)) {
        throw new Refusal("INVALID_PATH", "Not a file");
      }
      return file;
    } catch (FileAccessException e) {
      throw new Refusal(
          e.code().name(),
          e.code() == FileAccessException.Code.PATH_NOT_FOUND
              ? "File does not exist"
              : e.getMessage(),
          e);
    }
  }

  private String input(Mounts mounts) {
    return places.input().isBlank() ? mounts.workingDirectory().toString() : places.input();
  }

  private String outputDirectory(Mounts mounts, String id) {
    String base = places.output().isBlank() ? input(mounts) : places.output();
    String folder;
    try {
      folder = FileNames.requirePlain(id);
    } catch (IllegalArgumentException e) {
      // Without a usable id of the client's, one of ours.
      folder = "job_" + UUID.randomUUID().toString().substring(0, 8);
    }
    try {
      return mounts.createDirectories(base + "/jobs/" + folder).toString();
    } catch (FileAccessException e) {
      throw new Refusal(
          e.code().name(), "The output directory cannot be made: " + e.getMessage(), e);
    }
  }
}
