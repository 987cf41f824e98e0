package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.JobCommand;

/** Hands in jobs, one at a time: a channel of sleap-rtc has no way to tell two apart. */
final class Submitter {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final WorkerLink link;
  private final Generation generation;
  private final Optional<FsReply.Info> info;
  private final ClientSettings settings;
  private final ClientThreads threads;
  private final Path directory;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong count = new AtomicLong();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile BooleanSupplier chosen = () -> false;

  /**
   * @param directory of this connection alone; is there
   */
  Submitter(
      WorkerLink link,
      Generation generation,
      Optional<FsReply.Info> info,
      ClientSettings settings,
      ClientThreads threads,
      Path directory) {
    this.link = link;
    this.generation = generation;
    this.info = info;
    this.settings = settings;
    this.threads = threads;
    this.directory = directory;
  }

  /**
   * What a package says after its type would make the worker take a project that was only looked at
   * (sleap-rtc wire format §2.7).
   *
   * @param project whether there is such a project
   */
  void mayNotSendPackages(BooleanSupplier project) {
    chosen = project;
  }

  /**
   * @param begun told of the job before the worker is
   */
  CompletionStage<Job> submit(JobRequest request, TransferListener transfers, Consumer<Run> begun) {
    if (!request.type().equals("train") && !request.type().equals("track")) {
      return CompletableFuture.failedFuture(
          new JobException(
              JobException.Code.UNKNOWN_TYPE,
              "A sleap-rtc worker knows jobs of the types 'train' and 'track' only."));
    }
    if (!request.timeout().isZero()) {
      return CompletableFuture.failedFuture(
          Refusals.invalid(
              "A sleap-rtc worker cannot be given a time limit. Leave out --timeout."));
    }
    if (!busy.compareAndSet(false, true)) {
      return CompletableFuture.failedFuture(
          new JobException(
              JobException.Code.LIMIT,
              "A sleap-rtc worker takes one job at a time from a client. Wait for the one"
                  + " before."));
    }
    CompletableFuture<Job> result = new CompletableFuture<>();
    threads.pool().execute(() -> start(request, transfers, begun, result));
    return result;
  }

  private void start(
      JobRequest request,
      TransferListener transfers,
      Consumer<Run> begun,
      CompletableFuture<Job> result) {
    try {
      Run run = run(request, transfers);
      begun.accept(run);
      run.job.ended().whenComplete((job, failure) -> busy.set(false));
      link.listen(run);
      if (link.closed().isDone()) {
        run.onClosed(link.closed().join());
      }
      run.begin();
      run.accepted()
          .whenComplete(
              (job, failure) -> {
                if (failure == null) {
                  result.complete(job);
                } else {
                  result.completeExceptionally(failure);
                }
              });
    } catch (IOException | RuntimeException e) {
      busy.set(false);
      result.completeExceptionally(Refusals.of(e));
    } catch (InterruptedException e) {
      busy.set(false);
      Thread.currentThread().interrupt();
      result.completeExceptionally(
          new JobException(JobException.Code.UNAVAILABLE, "This program is stopping.", e));
    }
  }

  private Run run(JobRequest asked, TransferListener transfers)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectory(directory.resolve("job-" + count.incrementAndGet()));
    boolean track = asked.type().equals("track");
    Optional<String> zip =
        asked.inputs().keySet().stream()
            .filter(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith(".zip"))
            .findFirst();
    Optional<PathTracking> onPaths =
        track && zip.isPresent() && generation == Generation.G3
            ? PathTracking.of(asked, zip.get(), folder, takesFiles())
            : Optional.empty();
    JobRequest request = onPaths.map(PathTracking::request).orElse(asked);
    if (onPaths.isPresent()) {
      long size = Files.size(asked.inputs().get(zip.get()));
      transfers.transferred(zip.get(), size, size); // what is sent, is sent file by file
    }
    RemoteJob job =
        new RemoteJob(
            "sleap-" + hex(6), request, folder, numbers, settings.mostLogBytes(), threads.pool());
    String atWorker = JobSpecs.parameters(request).path("package").asText("");
    if (!atWorker.isEmpty()) {
      return atWorker(job, atWorker);
    }
    if (zip.isPresent() && onPaths.isEmpty()) {
      LegacyPackage content =
          LegacyPackage.of(request.inputs().get(zip.get()), zip.get(), track, folder);
      return packaged(job, new PackageUpload(content, track, transfers));
    }
    if (JobSpecs.isStructured(request)) {
      return structured(job, transfers, onPaths.map(PathTracking::models).orElse(Map.of()));
    }
    if (track) {
      throw Refusals.invalid("A tracking needs a package (.zip), or paths of the worker.");
    }
    LegacyPackage content = BarePackage.of(request, JobSpecs.configFiles(request), folder);
    return packaged(job, new PackageUpload(content, false, transfers));
  }

  private Run packaged(RemoteJob job, Delivery delivery) {
    if (delivery instanceof PackageUpload && chosen.getAsBoolean()) {
      throw Refusals.invalid(
          "The videos of a project were looked for on this connection, and a sleap-rtc worker would take that project instead of a package. Connect anew to send one.");
    }
    return new PackageRun(link, job, settings, generation, delivery);
  }

  private Run atWorker(RemoteJob job, String path) {
    return switch (generation) {
      case G1 ->
          throw Refusals.invalid(
              "A sleap-rtc worker of generation g1 takes no paths; send the package itself.");
      case G2 -> new InputRun(link, job, settings, path.substring(path.lastIndexOf('/') + 1));
      case G3 ->
          packaged(
              job,
              new PackageAtWorker(path, job.request().type().equals("track"), settings.answer()));
    };
  }

  private boolean takesFiles() {
    return info.filter(known -> !known.mounts().isEmpty()).isPresent();
  }

  /**
   * @param models directories here of models that go along, by what stands for them
   */
  private Run structured(RemoteJob job, TransferListener transfers, Map<String, Path> models)
      throws IOException, InterruptedException {
    if (generation != Generation.G3) {
      throw Refusals.invalid(
          "A sleap-rtc worker of generation %s takes no paths of its own files and no values for its trainer; send a package with client-train or client-track. If it is of a later one, say so with --protocol g3."
              .formatted(generation.label()));
    }
    JobRequest request = job.request();
    Map<String, String> placed = new HashMap<>();
    place(JobSpecs.dataFiles(request), request, transfers, placed);
    if (JobSpecs.mixed(request)) {
      place(JobSpecs.configFiles(request), request, transfers, placed);
    }
    if (!models.isEmpty()) {
      Uploads uploads = uploads(transfers);
      for (Map.Entry<String, Path> model : models.entrySet()) {
        placed.put(model.getKey(), ModelUpload.place(uploads, model.getKey(), model.getValue()));
      }
    }
    JobSpecs.Spec spec = JobSpecs.of(request, placed::get);
    String id = hex(4);
    if (link.tooLarge(new JobCommand.Submit(id, spec.json()))) {
      place(JobSpecs.configFiles(request), request, transfers, placed);
      spec = JobSpecs.of(request, placed::get);
    }
    if (link.tooLarge(new JobCommand.Submit(id, spec.json()))) {
      throw Refusals.invalid("The job's parameters are too long for one message to the worker.");
    }
    return new StructuredRun(link, job, settings, spec, id);
  }

  private void place(
      List<String> names,
      JobRequest request,
      TransferListener transfers,
      Map<String, String> placed)
      throws IOException, InterruptedException {
    List<String> missing = new ArrayList<>(names);
    missing.removeAll(placed.keySet());
    if (missing.isEmpty()) {
      return;
    }
    Uploads uploads = uploads(transfers);
    for (String name : missing) {
      placed.put(name, uploads.place(name, request.inputs().get(name)));
    }
  }

  private Uploads uploads(TransferListener transfers) {
    Uploads uploads =
        new Uploads(
            link, settings, info.orElseGet(() -> new FsReply.Info("", "", List.of())), transfers);
    link.listen(uploads);
    if (link.closed().isDone()) {
      uploads.onClosed(link.closed().join());
    }
    return uploads;
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
