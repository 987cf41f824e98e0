package org.peerworks.protocol.peerworks.internal.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.Search;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.peerworks.internal.model.FileJson;
import org.peerworks.protocol.peerworks.internal.model.ProjectJson;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.Texts;

/** The requests of one client about this worker's files. Thread-safe. */
final class FileCalls {

  /** What the names of their methods begin with. */
  static final String PREFIX = "files.";

  private static final int MOST_SEARCHES = 4;

  private final Supplier<FileResolver> files;
  private final Link link;
  private final Map<Long, Search> searches = new ConcurrentHashMap<>();
  private volatile boolean over;

  /**
   * @param files gives null while this worker has no resolver
   */
  FileCalls(Supplier<FileResolver> files, Link link) {
    this.files = files;
    this.link = link;
  }

  /** Refusals are answers. */
  CompletionStage<ObjectNode> call(long id, String method, Fields params) {
    FileResolver now = files.get();
    CompletionStage<ObjectNode> answer =
        now == null
            ? CompletableFuture.failedStage(
                new FileAccessException(
                    Code.UNAVAILABLE,
                    "This worker has no file resolver at the moment. Try again later, or tell its"
                        + " administrator."))
            : ask(now, id, method, params);
    return answer.handle(
        (result, failure) -> {
          if (failure == null) {
            return result;
          }
          Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
          if (cause instanceof FileAccessException refusal) {
            return FileJson.refusal(refusal);
          }
          throw new CompletionException(cause);
        });
  }

  private CompletionStage<ObjectNode> ask(FileResolver now, long id, String method, Fields params) {
    return switch (method.substring(PREFIX.length())) {
      case "info" -> now.info().thenApply(FileJson::info);
      case "look" -> now.look(path(params, "path")).thenApply(FileJson::entry);
      case "list" ->
          now.list(
                  path(params, "path"),
                  params.number("offset", Long.MIN_VALUE, Long.MAX_VALUE, 0),
                  (int)
                      params.number(
                          "limit", Integer.MIN_VALUE, Integer.MAX_VALUE, FileResolver.DEFAULT_PAGE))
              .thenApply(FileJson::listing);
      case "resolve" -> search(now, id, params);
      case "checkVideos" -> now.checkVideos(path(params, "path")).thenApply(ProjectJson::check);
      case "scanDirectory" ->
          now.scanDirectory(path(params, "directory"), ProjectJson.texts(params, "names"))
              .thenApply(ProjectJson::scan);
      case "proposePrefix" ->
          now.proposePrefix(
                  path(params, "originalPath"),
                  path(params, "newPath"),
                  ProjectJson.texts(params, "others"))
              .thenApply(ProjectJson::proposal);
      case "writeProject" ->
          now.writeProject(ProjectJson.request(params)).thenApply(ProjectJson::written);
      default ->
          throw new JobException(
              JobException.Code.INVALID,
              "The method '%s' is not known to this worker.".formatted(Texts.line(method, 40)));
    };
  }

  /** What a path may look like is the resolver's to say. */
  private static String path(Fields params, String name) {
    return params.text(name, 4 * FileJson.LONGEST_PATH);
  }

  private CompletionStage<ObjectNode> search(FileResolver now, long id, Fields params) {
    if (searches.size() >= MOST_SEARCHES) {
      throw new JobException(
          JobException.Code.LIMIT,
          "%d searches of yours run already. Wait for one, or end it.".formatted(MOST_SEARCHES));
    }
    Search search =
        now.resolve(
            FileJson.request(params),
            best -> {
              // A client that does not read misses what would be out of date anyway.
              if (link.waitingText() <= link.limits().waitingText() / 4) {
                ObjectNode message = Json.message("candidates").put("id", id);
                message.set("candidates", FileJson.candidates(best));
                link.send(message);
              }
            });
    searches.put(id, search);
    if (over) {
      search.close();
    }
    search.outcome().whenComplete((outcome, failure) -> searches.remove(id));
    return search.outcome().thenApply(FileJson::outcome);
  }

  /** Ends a search; another id means nothing. */
  void cancel(long id) {
    Search search = searches.get(id);
    if (search != null) {
      search.close();
    }
  }

  void closeAll() {
    over = true;
    searches.values().forEach(Search::close);
  }
}
