package org.peerworks.protocol.sleap.internal.worker;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchRequest;
import org.peerworks.protocol.sleap.internal.wire.FsProjectReply;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.FsRequest;
import org.peerworks.protocol.sleap.internal.wire.Message;

/** Questions about the worker's mounts (§2.7), as calls on its file resolver. */
final class FsCalls {

  private final SessionContext context;
  private final Turns turns;
  private final Turns searches;
  private final Consumer<String> chosen;
  private Search search;
  private boolean closed;

  /**
   * @param chosen receives the real path of a file that the next job is to use
   */
  FsCalls(SessionContext context, Consumer<String> chosen) {
    this.context = context;
    this.chosen = chosen;
    this.turns = new Turns(context.lane(), context.pool());
    this.searches = new Turns(context.lane(), context.pool());
  }

  void on(FsRequest request) {
    if (request instanceof FsRequest.Resolve resolve) {
      ask(searches, () -> resolve(resolve), FsCalls::failed);
    } else if (request instanceof FsRequest.UseWorkerPath use) {
      ask(turns, () -> use(use.path()), why -> FsReplies.unusable(use.path(), why));
    } else if (request instanceof FsRequest.WriteProject write) {
      ask(turns, () -> write(write), why -> new FsProjectReply.NotWritten(why.getMessage()));
    } else {
      ask(turns, () -> other(request), FsCalls::failed);
    }
  }

  private void ask(
      Turns queue,
      Turns.Question question,
      java.util.function.Function<FileAccessException, Message> failure) {
    queue.add(question, why -> failure.apply(FsReplies.failure(why)));
  }

  private static FsReply.Failed failed(FileAccessException why) {
    return new FsReply.Failed(why.code().name(), why.getMessage());
  }

  private FileResolver resolver() {
    try {
      return context.services().requireResolver();
    } catch (Refusal e) {
      throw new FileAccessException(FileAccessException.Code.ACCESS_DENIED, e.getMessage(), e);
    }
  }

  private CompletionStage<List<Message>> other(FsRequest request) {
    if (request instanceof FsRequest.GetInfo) {
      return one(resolver().info().thenApply(FsReplies::info));
    }
    if (request instanceof FsRequest.GetMounts) {
      return one(resolver().info().thenApply(info -> new FsReply.Mounts(FsReplies.mounts(info))));
    }
    if (request instanceof FsRequest.ListDirectory list) {
      return one(
          resolver()
              .list(list.path(), list.offset(), FileResolver.DEFAULT_PAGE)
              .thenApply(FsReplies::listing));
    }
    if (request instanceof FsRequest.ScanDirectory scan) {
      return one(
          resolver().scanDirectory(scan.directory(), scan.names()).thenApply(FsReplies::scanned));
    }
    if (request instanceof FsRequest.ResolveWithPrefix prefix) {
      return one(
          resolver()
              .proposePrefix(prefix.originalPath(), prefix.newPath(), prefix.otherMissing())
              .thenApply(FsReplies::proposal));
    }
    FsRequest.ApplyPrefix apply = (FsRequest.ApplyPrefix) request;
    return Turns.answer(new FsProjectReply.PrefixApplied(apply.confirmed()));
  }

  private static CompletionStage<List<Message>> one(CompletionStage<? extends Message> reply) {
    return reply.thenApply(List::of);
  }

  private CompletionStage<List<Message>> resolve(FsRequest.Resolve request) {
    String mount = request.mount();
    Search begun =
        resolver()
            .resolve(
                new SearchRequest(
                    request.pattern(),
                    request.size(),
                    request.depth(),
                    mount.isEmpty() || mount.equalsIgnoreCase("all")
                        ? Optional.empty()
                        : Optional.of(mount)),
                SearchListener.NONE);
    keep(begun);
    return one(begun.outcome().thenApply(FsReplies::resolved));
  }

  /** There is one at a time. */
  private synchronized void keep(Search begun) {
    search = begun;
    if (closed) {
      begun.close();
    }
  }

  /** The client is gone: nobody waits for its search. */
  synchronized void close() {
    closed = true;
    if (search != null) {
      search.close();
    }
  }

  private CompletionStage<List<Message>> write(FsRequest.WriteProject request) {
    return one(
        resolver()
            .writeProject(
                new ProjectRequest(
                    request.project(),
                    request.outputDirectory(),
                    request.videos(),
                    request.outputName().orElse("")))
            .thenApply(done -> new FsProjectReply.Written(done.path(), done.videosUpdated())));
  }

  private CompletionStage<List<Message>> use(String path) {
    if (path.isBlank()) {
      throw new FileAccessException(FileAccessException.Code.INVALID_REQUEST, "Path is required");
    }
    FileResolver resolver = resolver();
    return resolver
        .look(path)
        .thenCompose(
            file -> {
              if (file.directory()) {
                throw new FileAccessException(
                    FileAccessException.Code.INVALID_REQUEST, "Not a file: " + path);
              }
              chosen.accept(file.path());
              Message ok = new FsReply.PathOk(file.path());
              if (!file.name().toLowerCase(java.util.Locale.ROOT).endsWith(".slp")) {
                return Turns.answer(ok);
              }
              return resolver
                  .checkVideos(file.path())
                  .handle(
                      (check, failure) ->
                          List.of(ok, FsReplies.videos(file.path(), check, failure)));
            });
  }
}
