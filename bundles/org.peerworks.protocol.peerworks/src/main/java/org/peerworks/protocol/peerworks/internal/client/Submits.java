package org.peerworks.protocol.peerworks.internal.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.TransferListener;
import org.peerworks.lib.files.FileNames;
import org.peerworks.lib.files.Hashes;
import org.peerworks.protocol.peerworks.internal.model.JobJson;
import org.peerworks.protocol.peerworks.internal.model.SubmitJson;

/** Hands in jobs: hashes the inputs, uploads what the worker does not have, then asks. */
final class Submits {

  private final Uploader uploader;
  private final Requests requests;
  private final Executor pool;

  /** An input as it was hashed. */
  record Input(String name, Path file, long size, String sha256) {}

  Submits(Uploader uploader, Requests requests, Executor pool) {
    this.uploader = uploader;
    this.requests = requests;
    this.pool = pool;
  }

  CompletionStage<Job> submit(JobRequest request, TransferListener transfers) {
    CompletableFuture<Map<String, Input>> hashed = new CompletableFuture<>();
    try {
      pool.execute(
          () -> {
            try {
              hashed.complete(hash(request.inputs()));
            } catch (RuntimeException e) {
              hashed.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      hashed.completeExceptionally(Requests.unavailable("this program is stopping"));
    }
    return hashed.thenCompose(inputs -> send(request, inputs, transfers));
  }

  private static Map<String, Input> hash(Map<String, Path> files) {
    Map<String, Input> inputs = new LinkedHashMap<>();
    new TreeMap<>(files).forEach((name, file) -> inputs.put(name, hash(name, file)));
    return inputs;
  }

  private static Input hash(String name, Path file) {
    try {
      FileNames.requirePlain(name);
    } catch (IllegalArgumentException e) {
      throw new JobException(JobException.Code.INVALID, e.getMessage(), e);
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new JobException(
          JobException.Code.INVALID,
          "The input '%s' must be a file that can be read, but '%s' is not. Check the path."
              .formatted(name, file));
    }
    try {
      return new Input(name, file, Files.size(file), Hashes.sha256(file));
    } catch (IOException e) {
      throw new JobException(
          JobException.Code.INVALID,
          "The input '%s' could not be read from '%s': %s".formatted(name, file, e.getMessage()),
          e);
    }
  }

  private CompletionStage<Job> send(
      JobRequest request, Map<String, Input> inputs, TransferListener transfers) {
    Map<String, Input> distinct = new LinkedHashMap<>();
    Map<String, String> hashes = new HashMap<>();
    inputs.forEach(
        (name, input) -> {
          distinct.putIfAbsent(input.sha256(), input);
          hashes.put(name, input.sha256());
        });
    CompletionStage<Void> uploaded = CompletableFuture.completedFuture(null);
    for (Input input : distinct.values()) {
      uploaded = uploaded.thenCompose(done -> uploader.upload(input, transfers));
    }
    return uploaded
        .thenCompose(done -> requests.ask("submit", SubmitJson.write(request, hashes)))
        .thenApply(RemoteJobs.answer(JobJson::job));
  }
}
