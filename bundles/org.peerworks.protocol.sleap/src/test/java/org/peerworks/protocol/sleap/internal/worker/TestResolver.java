package org.peerworks.protocol.sleap.internal.worker;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.DirectoryScan;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.MatchType;
import org.peerworks.files.api.MissingVideo;
import org.peerworks.files.api.Mount;
import org.peerworks.files.api.MountStatus;
import org.peerworks.files.api.PrefixProposal;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SearchRequest;
import org.peerworks.files.api.VideoCheck;
import org.peerworks.files.api.WrittenProject;

/** Answers with what the test knows. */
final class TestResolver implements FileResolver {

  final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int missing;
  private volatile MissingVideo video;
  private volatile String unavailable = "";
  private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  /** Searches wait from now on. */
  void hold() {
    gate = new CompletableFuture<>();
  }

  void release() {
    gate.complete(null);
  }

  /** So many videos with long names are missing from now on. */
  void missing(int count) {
    video = new MissingVideo("a".repeat(200) + ".mp4", "/me/" + "ä".repeat(200));
    missing = count;
  }

  void missing(int count, String path) {
    video = new MissingVideo(path.substring(path.lastIndexOf('/') + 1), path);
    missing = count;
  }

  /** A mount does not answer from now on. */
  void unavailable(String label) {
    unavailable = label;
  }

  private static <T> CompletionStage<T> answer(String path, T value) {
    if (path.startsWith("/etc")) {
      return CompletableFuture.failedFuture(
          new FileAccessException(FileAccessException.Code.ACCESS_DENIED, "Outside the mounts."));
    }
    if (path.startsWith("/defect")) {
      return CompletableFuture.failedFuture(new IllegalStateException("secret detail"));
    }
    return CompletableFuture.completedFuture(value);
  }

  private static FileEntry entry(String path, boolean directory) {
    return new FileEntry(
        path,
        path.substring(path.lastIndexOf('/') + 1),
        directory,
        directory ? 0 : 7,
        Instant.ofEpochMilli(1500));
  }

  @Override
  public CompletionStage<FilesInfo> info() {
    return CompletableFuture.completedFuture(
        new FilesInfo(
            "gpu01", "/vast", List.of(new MountStatus(new Mount("data", "/vast"), problem()))));
  }

  private String problem() {
    return unavailable.isEmpty() ? "" : unavailable + " does not answer";
  }

  @Override
  public CompletionStage<FileEntry> look(String path) {
    return answer(path, entry(path, path.endsWith("/d")));
  }

  @Override
  public CompletionStage<DirectoryListing> list(String path, long offset, int limit) {
    asked.add("list " + path + " " + offset + " " + limit);
    return answer(
        path,
        new DirectoryListing(
            path, List.of(entry("/vast/d", true), entry("/vast/a.slp", false)), 22, false, 0));
  }

  @Override
  public Search resolve(SearchRequest request, SearchListener listener) {
    asked.add(
        "resolve %s %s %s %s"
            .formatted(
                request.pattern(),
                request.size().isPresent() ? request.size().getAsLong() : "",
                request.maxDepth().isPresent() ? request.maxDepth().getAsInt() : "",
                request.mount().orElse("")));
    SearchOutcome outcome =
        new SearchOutcome(
            List.of(new Candidate(entry("/vast/a.slp", false), "data", MatchType.EXACT, 119.8)),
            true,
            false,
            false,
            12,
            5,
            0,
            unavailable.isEmpty() ? List.of() : List.of(unavailable));
    CompletableFuture<SearchOutcome> found = gate.thenApply(done -> outcome);
    return new Search() {
      @Override
      public CompletionStage<SearchOutcome> outcome() {
        return found;
      }

      @Override
      public void close() {
        asked.add("cancel " + request.pattern());
      }
    };
  }

  @Override
  public CompletionStage<VideoCheck> checkVideos(String slpPath) {
    if (missing > 0) {
      return answer(
          slpPath, new VideoCheck(slpPath, missing, 0, 0, Collections.nCopies(missing, video)));
    }
    return answer(
        slpPath, new VideoCheck(slpPath, 2, 1, 0, List.of(new MissingVideo("a.mp4", "C:\\a.mp4"))));
  }

  @Override
  public CompletionStage<DirectoryScan> scanDirectory(String directory, List<String> names) {
    return answer(directory, new DirectoryScan(directory, Map.of("a.mp4", "/vast/a.mp4")));
  }

  @Override
  public CompletionStage<PrefixProposal> proposePrefix(
      String originalPath, String newPath, List<String> others) {
    if (missing > 0) {
      return answer(
          newPath,
          new PrefixProposal("", "", Map.of(), Collections.nCopies(missing, "a".repeat(99))));
    }
    return answer(
        newPath,
        new PrefixProposal(
            "/me", "/vast", Map.of("/me/b.mp4", "/vast/b.mp4"), List.of("/me/c.mp4")));
  }

  @Override
  public CompletionStage<WrittenProject> writeProject(ProjectRequest request) {
    return answer(request.slpPath(), new WrittenProject("/vast/resolved.slp", 1));
  }
}
