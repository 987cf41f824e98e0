package org.peerworks.protocol.sleap.internal.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.DirectoryScan;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.PrefixProposal;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SearchRequest;
import org.peerworks.files.api.VideoCheck;
import org.peerworks.files.api.WrittenProject;
import org.peerworks.protocol.sleap.internal.wire.FsProjectReply;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.FsRequest;
import org.peerworks.protocol.sleap.internal.wire.Texts;

/** The files of a worker of the third generation (sleap-rtc wire format §2.7). Thread-safe. */
final class WorkerFiles implements FileResolver {

  private final FileQuestions questions;
  private final Pages pages;
  private final Prefixes prefixes = new Prefixes();
  private final Optional<FsReply.Info> first;
  private volatile List<FsReply.MountPoint> mounts;
  private volatile boolean chosen;

  /**
   * @param first what the worker has told of itself when the connection began
   */
  WorkerFiles(FileQuestions questions, Optional<FsReply.Info> first) {
    this.questions = questions;
    this.pages = new Pages(questions);
    this.first = first;
    this.mounts = first.map(FsReply.Info::mounts).orElse(List.of());
  }

  /**
   * Whether the worker may take a project that was only looked at for the next job: to ask for its
   * videos and to choose it is the same message.
   */
  boolean hasChosen() {
    return chosen;
  }

  private <T extends FsReply, R> CompletableFuture<R> ask(
      FsRequest request, Class<T> type, Function<T, R> read) {
    return questions.ask(request, type::isInstance).thenApply(type::cast).thenApply(read);
  }

  /** Mounts may change; name and directory of a worker stay. */
  @Override
  public CompletionStage<FilesInfo> info() {
    CompletableFuture<FsReply.Info> now =
        first
            .map(
                known ->
                    ask(
                        new FsRequest.GetMounts(),
                        FsReply.Mounts.class,
                        answer ->
                            new FsReply.Info(
                                known.workerId(), known.workingDirectory(), answer.mounts())))
            .orElseGet(() -> ask(new FsRequest.GetInfo(), FsReply.Info.class, Function.identity()));
    return plain(
        now.thenApply(
            info -> {
              mounts = info.mounts();
              return FileAnswers.info(info);
            }));
  }

  /** There is no question for it: a directory can be listed, and a file is in one. */
  @Override
  public CompletionStage<FileEntry> look(String path) {
    int slash = path.replaceFirst("/+$", "").lastIndexOf('/');
    String name = path.substring(slash + 1);
    CompletableFuture<FileEntry> directory =
        pages
            .list(path, 0, 1)
            .thenApply(
                listing ->
                    new FileEntry(
                        listing.path(),
                        listing.path().substring(listing.path().lastIndexOf('/') + 1),
                        true,
                        0,
                        Instant.EPOCH));
    return plain(
        directory.exceptionallyCompose(
            failure -> {
              FileAccessException refusal = refusal(failure);
              boolean maybeFile =
                  refusal.code() != Code.UNAVAILABLE && refusal.code() != Code.LIMIT;
              return maybeFile && slash > 0 && !name.endsWith("/")
                  ? file(path, path.substring(0, slash), name, refusal)
                  : CompletableFuture.failedFuture(refusal);
            }));
  }

  private CompletableFuture<FileEntry> file(
      String path, String directory, String name, FileAccessException refusal) {
    if (refusal.code() == Code.ACCESS_DENIED) {
      return CompletableFuture.failedFuture(refusal);
    }
    return scan(directory, List.of(name))
        .thenCompose(
            scan -> {
              String found = scan.found().get(name);
              if (found == null) {
                throw new FileAccessException(
                    Code.PATH_NOT_FOUND, "The worker has no such file: " + Texts.line(path, 500));
              }
              return pages
                  .find(directory, name)
                  .thenApply(
                      entry ->
                          new FileEntry(
                              found,
                              name,
                              false,
                              entry.map(FileEntry::size).orElse(0L),
                              entry.map(FileEntry::modified).orElse(Instant.EPOCH)));
            });
  }

  @Override
  public CompletionStage<DirectoryListing> list(String path, long offset, int limit) {
    if (offset < 0 || offset > Integer.MAX_VALUE - LARGEST_PAGE) {
      return refused("The offset is 0 to 2147482647, but was " + offset + ".");
    }
    if (limit < 1 || limit > LARGEST_PAGE) {
      return refused(
          "A page has 1 to " + LARGEST_PAGE + " entries, but was to have " + limit + ".");
    }
    return plain(pages.list(path, (int) offset, limit));
  }

  @Override
  public Search resolve(SearchRequest request, SearchListener listener) {
    String pattern = request.pattern();
    String name =
        pattern.substring(Math.max(pattern.lastIndexOf('/'), pattern.lastIndexOf('\\')) + 1);
    CompletableFuture<SearchOutcome> found;
    if (name.isBlank() || name.contains("::")) {
      found = refused("There is no file name to look for in '" + Texts.line(pattern, 200) + "'.");
    } else {
      found =
          ask(
              new FsRequest.Resolve(
                  name, request.size(), request.maxDepth(), request.mount().orElse("")),
              FsReply.Resolved.class,
              resolved -> FileAnswers.outcome(resolved, mounts));
    }
    return new Asked(plain(found));
  }

  /** The format has no word to cancel one with: it goes on at the worker, and nobody waits. */
  private record Asked(CompletableFuture<SearchOutcome> found) implements Search {

    @Override
    public CompletionStage<SearchOutcome> outcome() {
      return found.minimalCompletionStage();
    }

    @Override
    public void close() {
      found.complete(new SearchOutcome(List.of(), false, true, false, 0, 0, 0, List.of()));
    }
  }

  @Override
  public CompletionStage<VideoCheck> checkVideos(String slpPath) {
    if (!slpPath.endsWith(".slp")) {
      return refused(
          "Only projects (.slp) have videos, but '" + Texts.line(slpPath, 500) + "' is none.");
    }
    chosen = true;
    return plain(
        questions
            .ask(
                new FsRequest.UseWorkerPath(slpPath),
                reply ->
                    reply instanceof FsProjectReply.VideoCheck
                        || reply instanceof FsReply.PathError)
            .thenApply(FileAnswers::check));
  }

  @Override
  public CompletionStage<DirectoryScan> scanDirectory(String directory, List<String> names) {
    if (names.size() > MOST_NAMES) {
      return refused("At most " + MOST_NAMES + " names may be asked for at once.");
    }
    return plain(
        Parts.ask(names, part -> scan(directory, part))
            .thenApply(
                scans -> {
                  Map<String, String> found = new HashMap<>();
                  scans.forEach(scan -> found.putAll(scan.found()));
                  return new DirectoryScan(scans.get(0).directory(), found);
                }));
  }

  private CompletableFuture<DirectoryScan> scan(String directory, List<String> names) {
    return ask(
        new FsRequest.ScanDirectory(directory, names),
        FsProjectReply.Scanned.class,
        scanned -> new DirectoryScan(scanned.directory(), scanned.found()));
  }

  @Override
  public CompletionStage<PrefixProposal> proposePrefix(
      String originalPath, String newPath, List<String> others) {
    if (others.size() > MOST_NAMES) {
      return refused("At most " + MOST_NAMES + " paths may be asked for at once.");
    }
    return plain(
        Parts.ask(
                others,
                part ->
                    ask(
                        new FsRequest.ResolveWithPrefix(originalPath, newPath, part),
                        FsProjectReply.Proposal.class,
                        FileAnswers::proposal))
            .thenApply(WorkerFiles::together)
            .thenApply(
                proposal -> {
                  prefixes.proposed(proposal);
                  return proposal;
                }));
  }

  private static PrefixProposal together(List<PrefixProposal> proposals) {
    Map<String, String> would = new HashMap<>();
    List<String> wouldNot = new ArrayList<>();
    for (PrefixProposal each : proposals) {
      would.putAll(each.wouldResolve());
      wouldNot.addAll(each.wouldNotResolve());
    }
    PrefixProposal first = proposals.get(0);
    return new PrefixProposal(first.oldPrefix(), first.newPrefix(), would, wouldNot);
  }

  /**
   * The format has no place of the worker's own, so that such a copy goes beside the project. A
   * change of beginnings that the worker has proposed, and somebody has taken, is told first.
   */
  @Override
  public CompletionStage<WrittenProject> writeProject(ProjectRequest request) {
    if (!prefixes.taken(request.videos())) {
      return plain(write(request));
    }
    return plain(
        ask(
                new FsRequest.ApplyPrefix(true),
                FsProjectReply.PrefixApplied.class,
                FsProjectReply.PrefixApplied::success)
            .thenCompose(
                applied ->
                    applied
                        ? write(request)
                        : refused(
                            "The worker does not take the change of paths that it proposed.")));
  }

  private CompletableFuture<WrittenProject> write(ProjectRequest request) {
    String slp = request.slpPath();
    String directory =
        request.outputDirectory().isEmpty()
            ? slp.substring(0, Math.max(1, slp.lastIndexOf('/')))
            : request.outputDirectory();
    return questions
        .ask(
            new FsRequest.WriteProject(
                slp,
                directory,
                request.videos(),
                Optional.of(request.outputName()).filter(name -> !name.isEmpty())),
            reply ->
                reply instanceof FsProjectReply.Written
                    || reply instanceof FsProjectReply.NotWritten)
        .thenApply(
            reply -> {
              if (reply instanceof FsProjectReply.NotWritten not) {
                throw new FileAccessException(Code.INVALID_REQUEST, Texts.line(not.error(), 500));
              }
              FsProjectReply.Written written = (FsProjectReply.Written) reply;
              return new WrittenProject(
                  written.path(), (int) Math.min(Integer.MAX_VALUE, written.videos()));
            });
  }

  private static <T> CompletableFuture<T> refused(String why) {
    return CompletableFuture.failedFuture(new FileAccessException(Code.INVALID_REQUEST, why));
  }

  /** A stage that fails with the refusal itself. */
  private static <T> CompletableFuture<T> plain(CompletableFuture<T> stage) {
    CompletableFuture<T> plain = new CompletableFuture<>();
    stage.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            plain.complete(result);
          } else {
            plain.completeExceptionally(refusal(failure));
          }
        });
    return plain;
  }

  private static FileAccessException refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof FileAccessException refusal
        ? refusal
        : new FileAccessException(Code.INTERNAL, String.valueOf(cause.getMessage()), cause);
  }
}
