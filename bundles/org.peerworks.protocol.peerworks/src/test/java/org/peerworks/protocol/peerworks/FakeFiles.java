package org.peerworks.protocol.peerworks;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.DirectoryScan;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
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

/** A worker's files that are always the same; what was asked is kept. */
final class FakeFiles implements FileResolver {

  static final FileEntry FLY =
      new FileEntry("/m/fly ü.slp", "fly ü.slp", false, 1L << 40, Instant.ofEpochMilli(1234567));
  static final Candidate CANDIDATE = new Candidate(FLY, "lab", MatchType.FUZZY, 19.7);
  static final SearchOutcome OUTCOME =
      new SearchOutcome(List.of(CANDIDATE), true, true, true, 5, 6, 7, List.of("slow"));

  final CompletableFuture<SearchOutcome> outcome = new CompletableFuture<>();
  volatile SearchRequest searched;
  volatile SearchListener listener;
  volatile ProjectRequest written;

  @Override
  public CompletionStage<FilesInfo> info() {
    return CompletableFuture.completedStage(
        new FilesInfo("gpu-1", "/m", List.of(new MountStatus(new Mount("lab", "/m"), "hangs"))));
  }

  @Override
  public CompletionStage<FileEntry> look(String path) {
    return path.equals(FLY.path())
        ? CompletableFuture.completedStage(FLY)
        : CompletableFuture.failedStage(
            new FileAccessException(Code.ACCESS_DENIED, "Not within the mounts."));
  }

  @Override
  public CompletionStage<DirectoryListing> list(String path, long offset, int limit) {
    return CompletableFuture.completedStage(
        new DirectoryListing(path, List.of(FLY), offset + limit, true, 3));
  }

  @Override
  public Search resolve(SearchRequest request, SearchListener told) {
    searched = request;
    listener = told;
    return new Search() {
      @Override
      public CompletionStage<SearchOutcome> outcome() {
        return outcome;
      }

      @Override
      public void close() {
        outcome.complete(OUTCOME);
      }
    };
  }

  @Override
  public CompletionStage<VideoCheck> checkVideos(String slpPath) {
    return CompletableFuture.completedStage(
        new VideoCheck(slpPath, 3, 1, 1, List.of(new MissingVideo("a.mp4", "C:\\a.mp4"))));
  }

  @Override
  public CompletionStage<DirectoryScan> scanDirectory(String directory, List<String> names) {
    return CompletableFuture.completedStage(
        new DirectoryScan(
            directory,
            names.stream()
                .limit(1)
                .collect(Collectors.toMap(name -> name, name -> directory + "/" + name))));
  }

  @Override
  public CompletionStage<PrefixProposal> proposePrefix(
      String originalPath, String newPath, List<String> others) {
    return CompletableFuture.completedStage(
        new PrefixProposal(originalPath, newPath, Map.of("/x", "/y"), others));
  }

  @Override
  public CompletionStage<WrittenProject> writeProject(ProjectRequest request) {
    written = request;
    return CompletableFuture.completedStage(new WrittenProject("/m/new.slp", 2));
  }
}
