package org.peerworks.protocol.sleap.internal.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileResolver;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.JsonFields;
import org.peerworks.protocol.sleap.internal.wire.Limits;
import org.peerworks.protocol.sleap.internal.wire.Texts;

/** Answers questions about directories that the room's server passes on (§1.11). Thread-safe. */
final class RelayedQuestions {

  private static final int MOST_AT_ONCE = 16;
  private static final int PATIENCE_SECONDS = 25;

  private final Services services;
  private final RelayStory.Wire wire;
  private final AtomicInteger open = new AtomicInteger();

  RelayedQuestions(Services services, RelayStory.Wire wire) {
    this.services = services;
    this.wire = wire;
  }

  /**
   * @param refusal why nothing is answered, if nothing is
   */
  void list(JsonFields request, Optional<Refusal> refusal) {
    String id = request.text("req_id", Limits.ID);
    String path = request.text("path", Limits.PATH, "");
    int offset = (int) request.number("offset", 0, Integer.MAX_VALUE, 0);
    if (open.incrementAndGet() > MOST_AT_ONCE) {
      open.decrementAndGet();
      wire.send(failed(id, path, new Refusal("LIMIT", "Too many questions. Try again later.")));
      return;
    }
    try {
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      services
          .requireResolver()
          .list(path, offset, FileResolver.DEFAULT_PAGE)
          .toCompletableFuture()
          .copy()
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .thenApply(FsReplies::listing)
          .handle(
              (found, failure) -> failure == null ? answer(id, found) : failed(id, path, failure))
          .whenComplete((answer, none) -> end(answer));
    } catch (Refusal e) {
      end(
          failed(
              id,
              path,
              new FileAccessException(FileAccessException.Code.ACCESS_DENIED, e.getMessage(), e)));
    } catch (RuntimeException e) {
      end(failed(id, path, e));
    }
  }

  private void end(ObjectNode answer) {
    open.decrementAndGet();
    wire.send(answer);
  }

  private static ObjectNode answer(String id, FsReply.Listing listing) {
    ObjectNode json = Json.object().put("type", "fs_list_res").put("req_id", id);
    return json.setAll(listing.json());
  }

  private static ObjectNode failed(String id, String path, Throwable failure) {
    FileAccessException why =
        FsReplies.failure(
            failure instanceof TimeoutException
                ? new Refusal("LIMIT", "The directory takes too long to read.", failure)
                : failure);
    ObjectNode json = Json.object().put("type", "fs_list_res").put("req_id", id).put("path", path);
    json.put("error", Texts.line(why.getMessage(), 4000)).put("error_code", why.code().name());
    json.putArray("entries");
    return json;
  }
}
