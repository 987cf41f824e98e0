package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.files.api.DirectoryScan;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.MissingVideo;
import org.peerworks.files.api.PrefixProposal;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.VideoCheck;
import org.peerworks.files.api.WrittenProject;
import org.peerworks.lib.slp.SlpException;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpLimits;
import org.peerworks.lib.slp.VideoFiles;

/** Videos of projects: which can be read, where others are, and copies with other paths. */
final class Projects implements AutoCloseable {

  private static final int THREADS = 4;
  private static final int MOST_WAITING = 32;

  private final Places places;
  private final ProjectCopies copies;
  private final ThreadPoolExecutor workers;
  private final MountTable table;
  private final SlpLimits limits;

  Projects(MountTable table, Places places) {
    this.table = table;
    this.places = places;
    copies = new ProjectCopies(table);
    limits =
        new SlpLimits(
            table.config().maxProjectBytes(), Duration.ofSeconds(table.config().projectSeconds()));
    AtomicInteger number = new AtomicInteger();
    workers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "files-project " + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    workers.allowCoreThreadTimeOut(true);
  }

  CompletionStage<VideoCheck> check(String slpPath) {
    return later(
        () -> {
          try (Project project = open(slpPath)) {
            return check(project);
          }
        });
  }

  private VideoCheck check(Project project) throws IOException {
    List<MissingVideo> missing = new ArrayList<>();
    Readable readable = new Readable(places, project.path().getParent());
    int accessible = 0;
    int embedded = 0;
    List<VideoFiles> videos = project.file().videoFiles();
    requireFew(videos.stream().mapToInt(video -> video.names().size()).sum());
    for (VideoFiles video : videos) {
      Optional<String> lost =
          video.names().stream().filter(name -> !readable.test(name)).findFirst();
      if (video.embedded()) {
        embedded++;
      } else if (video.names().isEmpty() || lost.isPresent()) {
        String path = lost.orElse("");
        missing.add(new MissingVideo(Names.last(path), path));
      } else {
        accessible++;
      }
    }
    return new VideoCheck(project.path().toString(), videos.size(), accessible, embedded, missing);
  }

  /** A project that is open; nobody can put another file in its place. */
  private record Project(Path path, SlpFile file, long bytes) implements AutoCloseable {
    @Override
    public void close() {
      file.close();
    }
  }

  private record Opened(Path path, FileChannel channel) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private Project open(String slpPath) throws IOException {
    Opened opened =
        Places.await(places.visit(slpPath, spot -> new Opened(spot.real(), spot.file())));
    long bytes = opened.channel().size();
    return new Project(opened.path(), SlpFile.open(opened.channel(), opened.path(), limits), bytes);
  }

  CompletionStage<DirectoryScan> scan(String directory, List<String> names) {
    return later(
        () -> {
          requireFew(names.size());
          names.forEach(Projects::requireSingle);
          Path real =
              Places.await(
                  places.visit(
                      directory,
                      spot -> {
                        spot.directory().close();
                        return spot.real();
                      }));
          Readable readable = new Readable(places, real);
          Map<String, String> found = new LinkedHashMap<>();
          for (String name : names) {
            if (readable.test(name)) {
              found.put(name, real.resolve(name).toString());
            }
          }
          return new DirectoryScan(real.toString(), found);
        });
  }

  private static void requireSingle(String name) {
    if (name == null
        || name.isBlank()
        || name.indexOf('/') >= 0
        || name.equals(".")
        || name.equals("..")
        || !Names.isShowable(name)) {
      throw new FileAccessException(
          Code.INVALID_REQUEST,
          "'%s' is no file name. Give names without directories."
              .formatted(Names.shown(String.valueOf(name))));
    }
  }

  private static void requireFew(int count) {
    if (count > FileResolver.MOST_NAMES) {
      throw new FileAccessException(
          Code.LIMIT,
          "%d files were named; at most %d are looked for at once."
              .formatted(count, FileResolver.MOST_NAMES));
    }
  }

  CompletionStage<PrefixProposal> propose(
      String originalPath, String newPath, List<String> others) {
    return later(
        () -> {
          requireFew(others.size());
          if (originalPath.isBlank()) {
            throw new FileAccessException(
                Code.INVALID_REQUEST, "The original path is empty. Give the one of the project.");
          }
          Places.await(places.visit(newPath, Spot::real));
          PathPrefix prefix = PathPrefix.between(originalPath, newPath);
          Readable readable = new Readable(places, table.mounts().workingDirectory());
          Map<String, String> would = new LinkedHashMap<>();
          List<String> wouldNot = new ArrayList<>();
          for (String other : others) {
            Optional<String> path = prefix.applied(other).filter(readable);
            path.ifPresentOrElse(now -> would.put(other, now), () -> wouldNot.add(other));
          }
          return new PrefixProposal(prefix.before(), prefix.after(), would, wouldNot);
        });
  }

  CompletionStage<WrittenProject> write(ProjectRequest request) {
    return later(
        () -> {
          requireFew(request.videos().size());
          Map<String, String> videos = new LinkedHashMap<>();
          for (Map.Entry<String, String> video : request.videos().entrySet()) {
            Path real = Places.await(places.visit(video.getValue(), Readable::opened));
            videos.put(video.getKey(), real.toString());
          }
          try (Project project = open(request.slpPath())) {
            return copies.write(project.path(), project.file(), project.bytes(), videos, request);
          }
        });
  }

  private <T> CompletionStage<T> later(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      workers.execute(
          () -> {
            try {
              T value = work.call();
              result.completeAsync(() -> value, table.answers());
            } catch (SlpException e) {
              result.completeExceptionally(
                  new FileAccessException(Code.INVALID_REQUEST, e.getMessage(), e));
            } catch (Throwable e) {
              result.completeExceptionally(Places.known(e));
            }
          });
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          workers.isShutdown()
              ? new FileAccessException(Code.UNAVAILABLE, "The file resolver has stopped.")
              : new FileAccessException(
                  Code.LIMIT,
                  "%d projects wait to be looked at already. Try again in a moment."
                      .formatted(MOST_WAITING)));
    }
    return result.minimalCompletionStage();
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
