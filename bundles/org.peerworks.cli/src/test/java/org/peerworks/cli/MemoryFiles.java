package org.peerworks.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

/** Files of a worker that are only names. */
final class MemoryFiles implements FileResolver {

  /** Size by path. */
  final Map<String, Long> files = new TreeMap<>();

  /** Paths in projects that lead nowhere, by project. */
  final Map<String, List<String>> moved = new LinkedHashMap<>();

  final List<ProjectRequest> written = new ArrayList<>();
  final List<String> searched = new ArrayList<>();
  Code refusal;

  /** Videos that are missing and not named. */
  int unnamed;

  private static String name(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  private static <T> CompletionStage<T> refused(Code code) {
    return CompletableFuture.failedFuture(new FileAccessException(code, "Refused: " + code + "."));
  }

  private FileEntry entry(String path) {
    return new FileEntry(
        path, name(path), false, files.get(path), Instant.parse("2026-11-03T14:05:00Z"));
  }

  @Override
  public CompletionStage<FilesInfo> info() {
    List<MountStatus> mounts = List.of(new MountStatus(new Mount("lab", "/vast"), ""));
    return done(new FilesInfo("gpu-1", "/vast", mounts));
  }

  @Override
  public CompletionStage<FileEntry> look(String path) {
    if (refusal == Code.UNAVAILABLE) {
      return refused(refusal);
    }
    return files.containsKey(path)
        ? done(entry(path))
        : refused(path.startsWith("/vast/") ? Code.PATH_NOT_FOUND : Code.ACCESS_DENIED);
  }

  @Override
  public CompletionStage<DirectoryListing> list(String path, long offset, int limit) {
    return refused(Code.INTERNAL);
  }

  @Override
  public Search resolve(SearchRequest request, SearchListener listener) {
    searched.add(request.pattern());
    String name = name(request.pattern()).replace("*", "");
    List<Candidate> found =
        files.keySet().stream()
            .filter(path -> name(path).contains(name))
            .map(
                path ->
                    new Candidate(
                        entry(path),
                        "lab",
                        name(path).equals(name) ? MatchType.EXACT : MatchType.SUBSTRING,
                        50))
            .toList();
    CompletionStage<SearchOutcome> outcome =
        refusal == null
            ? done(new SearchOutcome(found, false, false, false, 3, 17, 0, List.of()))
            : refused(refusal);
    return new Search() {
      @Override
      public CompletionStage<SearchOutcome> outcome() {
        return outcome;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public CompletionStage<VideoCheck> checkVideos(String slpPath) {
    List<String> missing = moved.getOrDefault(slpPath, List.of());
    return done(
        new VideoCheck(
            slpPath,
            missing.size() + 1 + unnamed,
            1,
            0,
            missing.stream().map(path -> new MissingVideo(name(path), path)).toList()));
  }

  @Override
  public CompletionStage<DirectoryScan> scanDirectory(String directory, List<String> names) {
    Map<String, String> found = new LinkedHashMap<>();
    names.stream()
        .filter(name -> files.containsKey(directory + "/" + name))
        .forEach(name -> found.put(name, directory + "/" + name));
    return directory.startsWith("/vast")
        ? done(new DirectoryScan(directory, found))
        : refused(Code.ACCESS_DENIED);
  }

  @Override
  public CompletionStage<PrefixProposal> proposePrefix(
      String originalPath, String newPath, List<String> others) {
    int shared = 0;
    while (shared < Math.min(originalPath.length(), newPath.length())
        && originalPath.charAt(originalPath.length() - 1 - shared)
            == newPath.charAt(newPath.length() - 1 - shared)) {
      shared++;
    }
    String before = originalPath.substring(0, originalPath.length() - shared);
    String after = newPath.substring(0, newPath.length() - shared);
    Map<String, String> would = new LinkedHashMap<>();
    List<String> wouldNot = new ArrayList<>();
    for (String other : others) {
      String path = other.startsWith(before) ? after + other.substring(before.length()) : "";
      if (files.containsKey(path)) {
        would.put(other, path);
      } else {
        wouldNot.add(other);
      }
    }
    return done(new PrefixProposal(before, after, would, wouldNot));
  }

  @Override
  public CompletionStage<WrittenProject> writeProject(ProjectRequest request) {
    written.add(request);
    String name = request.outputName().isEmpty() ? "resolved.slp" : request.outputName();
    String directory = request.outputDirectory().isEmpty() ? "/own" : request.outputDirectory();
    return done(new WrittenProject(directory + "/" + name, request.videos().size()));
  }
}
