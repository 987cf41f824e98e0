package org.peerworks.protocol.peerworks.internal.client;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.DirectoryScan;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.PrefixProposal;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchRequest;
import org.peerworks.files.api.VideoCheck;
import org.peerworks.files.api.WrittenProject;

/** The files of a worker, over one connection after the other. */
final class ResumingFiles implements FileResolver {

  private final Sessions sessions;

  ResumingFiles(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public CompletionStage<FilesInfo> info() {
    return repeat(FileResolver::info);
  }

  @Override
  public CompletionStage<FileEntry> look(String path) {
    return repeat(files -> files.look(path));
  }

  @Override
  public CompletionStage<DirectoryListing> list(String path, long offset, int limit) {
    return repeat(files -> files.list(path, offset, limit));
  }

  /** A search is made anew. */
  @Override
  public Search resolve(SearchRequest request, SearchListener listener) {
    return new ResumingSearch(sessions, request, listener).begin();
  }

  @Override
  public CompletionStage<VideoCheck> checkVideos(String slpPath) {
    return repeat(files -> files.checkVideos(slpPath));
  }

  @Override
  public CompletionStage<DirectoryScan> scanDirectory(String directory, List<String> names) {
    return repeat(files -> files.scanDirectory(directory, names));
  }

  @Override
  public CompletionStage<PrefixProposal> proposePrefix(
      String originalPath, String newPath, List<String> others) {
    return repeat(files -> files.proposePrefix(originalPath, newPath, others));
  }

  /** Written once, or not: a second time would find the first one's file in its way. */
  @Override
  public CompletionStage<WrittenProject> writeProject(ProjectRequest request) {
    return Refusals.ofFiles(
        sessions.session().thenCompose(session -> of(session).writeProject(request)));
  }

  private <T> CompletionStage<T> repeat(Function<FileResolver, CompletionStage<T>> call) {
    return Refusals.ofFiles(sessions.repeat(session -> call.apply(of(session))));
  }

  /** The files as one session knows them. */
  static FileResolver of(ClientSession session) {
    return session
        .files()
        .orElseThrow(
            () ->
                new FileAccessException(
                    FileAccessException.Code.INTERNAL,
                    "The worker cannot be asked about its files any more; it was replaced by another version."));
  }
}
