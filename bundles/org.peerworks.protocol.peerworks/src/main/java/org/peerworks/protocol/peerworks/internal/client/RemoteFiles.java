package org.peerworks.protocol.peerworks.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.DirectoryScan;
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
import org.peerworks.protocol.peerworks.internal.model.FileJson;
import org.peerworks.protocol.peerworks.internal.model.ProjectJson;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;

/** The files of a worker at the other end of a channel. */
final class RemoteFiles implements FileResolver {

  private final Link link;
  private final Requests requests;
  private final Executor pool;
  private final Map<Long, RemoteSearch> searches = new ConcurrentHashMap<>();

  RemoteFiles(Link link, Requests requests, Executor pool) {
    this.link = link;
    this.requests = requests;
    this.pool = pool;
  }

  @Override
  public CompletionStage<FilesInfo> info() {
    return ask("info", Json.object(), FileJson::info);
  }

  @Override
  public CompletionStage<FileEntry> look(String path) {
    return ask("look", Json.object().put("path", path), FileJson::entry);
  }

  @Override
  public CompletionStage<DirectoryListing> list(String path, long offset, int limit) {
    ObjectNode params = Json.object().put("path", path).put("offset", offset).put("limit", limit);
    return ask("list", params, FileJson::listing);
  }

  @Override
  public Search resolve(SearchRequest request, SearchListener listener) {
    long id = requests.nextId();
    RemoteSearch search =
        new RemoteSearch(listener, pool, () -> link.send(Json.message("close").put("id", id)));
    searches.put(id, search);
    Refusals.ofFiles(
            requests
                .ask(id, "files.resolve", FileJson.request(request))
                .thenApply(granted(FileJson::outcome)))
        .whenComplete(
            (outcome, failure) -> {
              searches.remove(id);
              search.end(outcome, failure);
            });
    return search;
  }

  /** What the worker has found so far; of a search that has just ended it means nothing. */
  void candidates(long id, Fields fields) {
    RemoteSearch search = searches.get(id);
    var best = FileJson.candidates(fields);
    if (search != null) {
      search.tell(best);
    }
  }

  @Override
  public CompletionStage<VideoCheck> checkVideos(String slpPath) {
    return ask("checkVideos", Json.object().put("path", slpPath), ProjectJson::check);
  }

  @Override
  public CompletionStage<DirectoryScan> scanDirectory(String directory, List<String> names) {
    ObjectNode params = Json.object().put("directory", directory);
    params.set("names", ProjectJson.texts(names));
    return ask("scanDirectory", params, ProjectJson::scan);
  }

  @Override
  public CompletionStage<PrefixProposal> proposePrefix(
      String originalPath, String newPath, List<String> others) {
    ObjectNode params = Json.object().put("originalPath", originalPath).put("newPath", newPath);
    params.set("others", ProjectJson.texts(others));
    return ask("proposePrefix", params, ProjectJson::proposal);
  }

  @Override
  public CompletionStage<WrittenProject> writeProject(ProjectRequest request) {
    return ask("writeProject", ProjectJson.request(request), ProjectJson::written);
  }

  private <T> CompletionStage<T> ask(String method, ObjectNode params, Function<Fields, T> read) {
    return Refusals.ofFiles(requests.ask("files." + method, params).thenApply(granted(read)));
  }

  private static <T> Function<Fields, T> granted(Function<Fields, T> read) {
    return RemoteJobs.answer(json -> read.apply(FileJson.granted(json)));
  }
}
