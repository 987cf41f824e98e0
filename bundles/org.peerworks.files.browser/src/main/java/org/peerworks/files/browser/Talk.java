package org.peerworks.files.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FileSource;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the questions of one page, within limits: {@code list_dir}, {@code resolve} and {@code
 * cancel}. Messages come one at a time; answers go in any order.
 */
final class Talk implements AutoCloseable {

  static final int MOST_OPEN = 16;
  static final int PER_SECOND = 50;
  static final int BURST = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Talk.class);

  private final FileSource source;
  private final Consumer<ObjectNode> page;
  private final Pace pace;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Long, Search> searches = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Talk(FileSource source, Consumer<ObjectNode> page, LongSupplier nanoClock) {
    this.source = source;
    this.page = page;
    this.pace = new Pace(PER_SECOND, BURST, nanoClock);
  }

  void hear(String message) {
    if (!pace.take()) {
      refuse(
          Messages.read(message).map(Talk::id).orElse(0L),
          Code.LIMIT,
          "This page asks more than " + PER_SECOND + " times a second. Ask less often.");
      return;
    }
    Optional<ObjectNode> json = Messages.read(message);
    if (json.isEmpty()) {
      refuse(0, Code.INVALID_REQUEST, "A message must be a JSON object.");
      return;
    }
    long id = id(json.get());
    String type = json.get().path("type").asText();
    if (type.equals("cancel")) {
      Optional.ofNullable(searches.get(id)).ifPresent(Search::close);
    } else if (open.incrementAndGet() > MOST_OPEN) {
      open.decrementAndGet();
      refuse(
          id,
          Code.LIMIT,
          "This page has " + MOST_OPEN + " questions open. Wait for an answer first.");
    } else {
      begin(id, type, json.get());
    }
  }

  @Override
  public void close() {
    closed = true;
    searches.values().forEach(Search::close);
  }

  private void begin(long id, String type, ObjectNode json) {
    try {
      switch (type) {
        case "list_dir" -> answer(id, list(json), Messages::listing);
        case "resolve" -> resolve(id, json);
        default ->
            throw new FileAccessException(
                Code.INVALID_REQUEST, "There is no message of type '" + shown(type) + "'.");
      }
    } catch (RuntimeException e) {
      end(id, e);
    }
  }

  private CompletionStage<DirectoryListing> list(ObjectNode json) {
    return source
        .files()
        .list(
            text(json, "path"),
            json.path("offset").asLong(0),
            json.path("limit").asInt(FileResolver.DEFAULT_PAGE));
  }

  private void resolve(long id, ObjectNode json) {
    SearchRequest request =
        new SearchRequest(
            text(json, "pattern"),
            OptionalLong.empty(),
            OptionalInt.empty(),
            Optional.of(json.path("mount").asText()).filter(mount -> !mount.isEmpty()));
    Search search =
        source
            .files()
            .resolve(request, best -> page.accept(Messages.candidates(best).put("id", id)));
    Optional.ofNullable(searches.put(id, search)).ifPresent(Search::close);
    if (closed) {
      search.close();
    }
    answer(
        id,
        search.outcome().whenComplete((outcome, failure) -> searches.remove(id, search)),
        Messages::outcome);
  }

  private <T> void answer(long id, CompletionStage<T> stage, Function<T, ObjectNode> say) {
    stage.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            open.decrementAndGet();
            page.accept(say.apply(result).put("id", id));
          } else {
            end(id, failure);
          }
        });
  }

  private void end(long id, Throwable failure) {
    open.decrementAndGet();
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof FileAccessException refusal) {
      refuse(id, refusal.code(), refusal.getMessage());
    } else {
      LOG.error("A question of the page has failed", cause);
      refuse(id, Code.INTERNAL, "That should not happen. The log of 'peerworks browse' has more.");
    }
  }

  private void refuse(long id, Code code, String message) {
    page.accept(Messages.error(code.name(), message).put("id", id));
  }

  private static long id(JsonNode json) {
    return json.path("id").asLong(0);
  }

  private static String text(ObjectNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual()) {
      throw new FileAccessException(Code.INVALID_REQUEST, "'" + field + "' must be a text.");
    }
    return value.textValue();
  }

  private static String shown(String type) {
    return type.length() > 40 ? type.substring(0, 40) + "…" : type;
  }
}
