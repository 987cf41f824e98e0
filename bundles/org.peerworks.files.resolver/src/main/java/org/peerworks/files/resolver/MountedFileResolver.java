package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.DirectoryScan;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.MountStatus;
import org.peerworks.files.api.PrefixProposal;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchRequest;
import org.peerworks.files.api.VideoCheck;
import org.peerworks.files.api.WrittenProject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds files below this worker's mounts; never outside them. */
@Component
public final class MountedFileResolver implements FileResolver {

  private static final Logger LOG = LoggerFactory.getLogger(MountedFileResolver.class);
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final long TICK_MILLIS = 100;
  private static final long SWEEP_SECONDS = 10;
  private static final long GLANCE_MILLIS = 1000;

  private final MountTable table;
  private final Places places;
  private final Pages pages;
  private final Projects projects;
  private final Set<SearchRun> running = ConcurrentHashMap.newKeySet();

  @Activate
  public MountedFileResolver(@Reference(name = "table") MountTable table) {
    this.table = table;
    places = new Places(table::mounts);
    Listings listings = new Listings(Duration.ofSeconds(table.config().cacheSeconds()));
    pages = new Pages(places, listings, table.config().maxEntries());
    projects = new Projects(table, places);
    table
        .clock()
        .scheduleWithFixedDelay(listings::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<FilesInfo> info() {
    MountSet now = table.mounts();
    List<CompletableFuture<MountStatus>> states =
        now.visible().stream().map(mount -> status(now, mount)).toList();
    return CompletableFuture.allOf(states.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done ->
                new FilesInfo(
                    hostName(),
                    now.workingDirectory().toString(),
                    states.stream().map(CompletableFuture::join).toList()))
        .minimalCompletionStage();
  }

  private static CompletableFuture<MountStatus> status(MountSet now, Mounted mount) {
    CompletableFuture<String> problem =
        mount
            .lane()
            .ask(() -> Files.isDirectory(now.root(mount)) ? "" : "is not a directory")
            .completeOnTimeout("does not answer", GLANCE_MILLIS, TimeUnit.MILLISECONDS)
            .exceptionally(
                failure ->
                    Places.known(failure).code() == Code.PATH_NOT_FOUND
                        ? "is not there"
                        : Places.known(failure).getMessage());
    return problem.thenApply(text -> new MountStatus(mount.mount(), text));
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      LOG.debug("Cannot read the host's name", e);
      return "worker";
    }
  }

  @Override
  public CompletionStage<FileEntry> look(String path) {
    return places.visit(path, Pages::entry).minimalCompletionStage();
  }

  @Override
  public CompletionStage<DirectoryListing> list(String path, long offset, int limit) {
    return pages.page(path, offset, limit).minimalCompletionStage();
  }

  @Override
  public Search resolve(SearchRequest request, SearchListener listener) {
    try {
      return search(request, listener);
    } catch (FileAccessException e) {
      return new RefusedSearch(e);
    }
  }

  private Search search(SearchRequest request, SearchListener listener) {
    NameMatcher matcher = new NameMatcher(request);
    int most = table.config().maxDepth();
    int depth = Math.min(most, request.maxDepth().orElse(most));
    if (depth < 0) {
      throw new FileAccessException(
          Code.INVALID_REQUEST, "A depth of %d was given; 0 or more is wanted.".formatted(depth));
    }
    if (request.size().isPresent() && request.size().getAsLong() < 0) {
      throw new FileAccessException(
          Code.INVALID_REQUEST, "A size below 0 was given; leave it out if it is unknown.");
    }
    List<Mounted> mounts = mounts(request);
    long limit = TimeUnit.SECONDS.toNanos(table.config().searchSeconds());
    SearchRun run = new SearchRun(matcher, depth, limit, listener, table.answers());
    synchronized (running) {
      if (running.size() >= table.config().maxSearches()) {
        throw new FileAccessException(
            Code.LIMIT,
            "%d searches run on this worker already. Try again in a moment."
                .formatted(running.size()));
      }
      running.add(run);
    }
    run.outcome().whenComplete((outcome, failure) -> running.remove(run));
    List<MountSearch> searches = new ArrayList<>();
    mounts.forEach(mount -> searches.add(new MountSearch(run, mount, places)));
    run.start(searches);
    run.clock(
        table
            .clock()
            .scheduleWithFixedDelay(run::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS));
    return run;
  }

  private List<Mounted> mounts(SearchRequest request) {
    List<Mounted> visible = table.mounts().visible();
    if (request.mount().isEmpty()) {
      return visible;
    }
    String label = request.mount().get();
    List<Mounted> found = visible.stream().filter(mount -> mount.label().equals(label)).toList();
    if (found.isEmpty()) {
      throw MountTable.unknown(label);
    }
    return found;
  }

  @Override
  public CompletionStage<VideoCheck> checkVideos(String slpPath) {
    return projects.check(slpPath);
  }

  @Override
  public CompletionStage<DirectoryScan> scanDirectory(String directory, List<String> names) {
    return projects.scan(directory, names);
  }

  @Override
  public CompletionStage<PrefixProposal> proposePrefix(
      String originalPath, String newPath, List<String> others) {
    return projects.propose(originalPath, newPath, others);
  }

  @Override
  public CompletionStage<WrittenProject> writeProject(ProjectRequest request) {
    return projects.write(request);
  }

  @Deactivate
  void close() {
    running.forEach(SearchRun::abort);
    projects.close();
  }
}
