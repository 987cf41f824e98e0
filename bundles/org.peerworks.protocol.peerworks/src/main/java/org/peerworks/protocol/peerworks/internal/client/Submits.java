package org.peerworks.protocol.peerworks.internal.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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

/** Hands in jobs: uploads those inputs that the worker does not have, then asks. */
final class Submits {

  private final Uploader uploader;
  private final Requests requests;
  private final Executor pool;
  private final long hashFirst;

  /**
   * An input as it was found.
   *
   * @param sha256 its hash, or a token in place of it
   */
  record Input(String name, Path file, long size, String sha256, boolean hashed) {

    Input hashed(String hash) {
      return new Input(name, file, size, hash, true);
    }
  }

  /**
   * @param hashFirst files of at most so many bytes are hashed before they are offered
   */
  Submits(Uploader uploader, Requests requests, Executor pool, long hashFirst) {
    this.uploader = uploader;
    this.requests = requests;
    this.pool = pool;
    this.hashFirst = hashFirst;
  }

  CompletionStage<Job> submit(JobRequest request, TransferListener transfers) {
    CompletableFuture<Map<String, Input>> found = new CompletableFuture<>();
    try {
      pool.execute(
          () -> {
            try {
              found.complete(find(request.inputs()));
            } catch (RuntimeException e) {
              found.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      found.completeExceptionally(Requests.unavailable("this program is stopping"));
    }
    return found.thenCompose(inputs -> send(request, inputs, transfers));
  }

  private Map<String, Input> find(Map<String, Path> files) {
    Map<String, Input> inputs = new LinkedHashMap<>();
    new TreeMap<>(files).forEach((name, file) -> inputs.put(name, find(name, file)));
    Set<String> tokens = new HashSet<>();
    Set<String> shared = new HashSet<>();
    inputs.values().stream()
        .filter(input -> !tokens.add(input.sha256()))
        .forEach(input -> shared.add(input.sha256()));
    inputs.replaceAll((name, input) -> shared.contains(input.sha256()) ? hashed(input) : input);
    return inputs;
  }

  private Input find(String name, Path file) {
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
      long size = Files.size(file);
      boolean hashed = size <= hashFirst || !uploader.seals();
      String sha256 = hashed ? Hashes.sha256(file) : FileHash.token(file, size);
      return new Input(name, file, size, sha256, hashed);
    } catch (IOException e) {
      throw Uploader.unreadable(name, file, e);
    }
  }

  /** A token that two inputs have does not say whether they are the same. */
  private static Input hashed(Input input) {
    try {
      return input.hashed() ? input : input.hashed(Hashes.sha256(input.file()));
    } catch (IOException e) {
      throw Uploader.unreadable(input.name(), input.file(), e);
    }
  }

  private CompletionStage<Job> send(
      JobRequest request, Map<String, Input> inputs, TransferListener transfers) {
    Map<String, Input> distinct = new LinkedHashMap<>();
    inputs.values().forEach(input -> distinct.putIfAbsent(input.sha256(), input));
    Map<String, String> stored = new HashMap<>();
    CompletionStage<Void> uploaded = CompletableFuture.completedFuture(null);
    for (Input input : distinct.values()) {
      uploaded =
          uploaded
              .thenCompose(done -> uploader.upload(input, transfers))
              .thenAccept(hash -> stored.put(input.sha256(), hash));
    }
    return uploaded
        .thenCompose(
            done -> {
              Map<String, String> hashes = new HashMap<>();
              inputs.forEach((name, input) -> hashes.put(name, stored.get(input.sha256())));
              return requests.ask("submit", SubmitJson.write(request, hashes));
            })
        .thenApply(RemoteJobs.answer(JobJson::job));
  }
}
