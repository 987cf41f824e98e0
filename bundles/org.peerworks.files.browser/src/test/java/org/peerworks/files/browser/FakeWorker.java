package org.peerworks.files.browser;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.DirectoryScan;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FileSource;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.MatchType;
import org.peerworks.files.api.Mount;
import org.peerworks.files.api.MountStatus;
import org.peerworks.files.api.PrefixProposal;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SearchRequest;
import org.peerworks.files.api.SourceState;
import org.peerworks.files.api.VideoCheck;
import org.peerworks.files.api.WrittenProject;

/** A worker in memory with 45 files in '/mnt/lab', which answers when it is told to. */
final class FakeWorker implements FileSource, FileResolver {

  static final int FILES = 45;
  static final Candidate FLY =
      new Candidate(
          new FileEntry("/mnt/lab/fly.slp", "fly.slp", false, 12, Instant.ofEpochSecond(7)),
          "lab",
          MatchType.EXACT,
          99.7);

  final List<CompletableFuture<FilesInfo>> questions = new CopyOnWriteArrayList<>();
  final List<CompletableFuture<DirectoryListing>> listings = new ArrayList<>();
  final List<FakeSearch> searches = new CopyOnWriteArrayList<>();
  final AtomicInteger doubts = new AtomicInteger();
  final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
  volatile SourceState state = SourceState.connected(Instant.ofEpochSecond(1000));
  volatile String mount = "lab";
  volatile boolean answers = true;

  @Override
  public String workerName() {
    return "gpu-1";
  }

  @Override
  public SourceState state() {
    return state;
  }

  @Override
  public FileResolver files() {
    return this;
  }

  @Override
  public Registration onChange(Runnable changed) {
    listeners.add(changed);
    return () -> listeners.remove(changed);
  }

  @Override
  public void doubt() {
    doubts.incrementAndGet();
  }

  void become(SourceState next) {
    state = next;
    listeners.forEach(Runnable::run);
  }

  FilesInfo told() {
    return new FilesInfo(
        "gpu-1", "/mnt/lab", List.of(new MountStatus(new Mount(mount, "/mnt/lab"), "")));
  }

  @Override
  public CompletionStage<FilesInfo> info() {
    CompletableFuture<FilesInfo> question = new CompletableFuture<>();
    questions.add(question);
    if (answers) {
      question.complete(told());
    }
    return question;
  }

  @Override
  public CompletionStage<DirectoryListing> list(String path, long offset, int limit) {
    if (!path.equals("/mnt/lab")) {
      return CompletableFuture.failedFuture(
          new FileAccessException(Code.ACCESS_DENIED, "'" + path + "' is in no mount."));
    }
    if (!answers) {
      CompletableFuture<DirectoryListing> waiting = new CompletableFuture<>();
      listings.add(waiting);
      return waiting;
    }
    List<FileEntry> entries = new ArrayList<>();
    for (long number = offset; number < Math.min(offset + limit, FILES); number++) {
      String name = "file-%02d.slp".formatted(number);
      entries.add(
          new FileEntry("/mnt/lab/" + name, name, false, number, Instant.ofEpochSecond(number)));
    }
    return CompletableFuture.completedFuture(
        new DirectoryListing(path, entries, FILES, offset + limit < FILES, 0));
  }

  @Override
  public Search resolve(SearchRequest request, SearchListener listener) {
    FakeSearch search = new FakeSearch(request, listener);
    searches.add(search);
    return search;
  }

  /** A search that goes on until it is told to end. */
  record FakeSearch(
      SearchRequest request, SearchListener listener, CompletableFuture<SearchOutcome> outcome)
      implements Search {

    FakeSearch(SearchRequest request, SearchListener listener) {
      this(request, listener, new CompletableFuture<>());
    }

    void end(boolean early) {
      outcome.complete(new SearchOutcome(List.of(FLY), false, early, false, 12, 345, 0, List.of()));
    }

    @Override
    public void close() {
      end(true);
    }
  }

  @Override
  public CompletionStage<FileEntry> look(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<VideoCheck> checkVideos(String slpPath) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<DirectoryScan> scanDirectory(String directory, List<String> names) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<PrefixProposal> proposePrefix(
      String originalPath, String newPath, List<String> others) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<WrittenProject> writeProject(ProjectRequest request) {
    throw new UnsupportedOperationException(Map.of("request", request).toString());
  }
}
