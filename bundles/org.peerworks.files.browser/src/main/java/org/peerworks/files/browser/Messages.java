package org.peerworks.files.browser;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.SearchOutcome;

/**
 * What page and server say to each other: JSON objects, named as sleap-rtc's browse page names
 * them. Answers carry the {@code id} of their question; times are seconds since 1970.
 */
final class Messages {

  private static final int MAX_DEPTH = 4;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(20)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Messages() {}

  /** Empty if it is no JSON object. */
  static Optional<ObjectNode> read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static ObjectNode of(String type) {
    return MAPPER.createObjectNode().put("type", type);
  }

  static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }

  static ObjectNode info(FilesInfo info) {
    ObjectNode json =
        of("worker_info")
            .put("worker_id", info.workerName())
            .put("working_dir", info.workingDirectory());
    ArrayNode mounts = json.putArray("mounts");
    info.mounts()
        .forEach(
            status ->
                mounts
                    .addObject()
                    .put("label", status.mount().label())
                    .put("path", status.mount().path())
                    .put("problem", status.problem()));
    return json;
  }

  static ObjectNode listing(DirectoryListing listing) {
    ObjectNode json =
        of("list_response")
            .put("path", listing.path())
            .put("total_count", listing.total())
            .put("has_more", listing.hasMore())
            .put("hidden", listing.hidden());
    ArrayNode entries = json.putArray("entries");
    listing.entries().forEach(entry -> file(entries.addObject(), entry));
    return json;
  }

  /** What a search has found so far. */
  static ObjectNode candidates(List<Candidate> best) {
    ObjectNode json = of("resolve_response").put("done", false);
    ArrayNode array = json.putArray("candidates");
    best.forEach(
        candidate ->
            file(array.addObject(), candidate.file())
                .put("mount", candidate.mount())
                .put("match_type", candidate.matchType().name().toLowerCase(Locale.ROOT))
                .put("score", candidate.score()));
    return json;
  }

  static ObjectNode outcome(SearchOutcome outcome) {
    ObjectNode json =
        candidates(outcome.candidates())
            .put("done", true)
            .put("truncated", outcome.truncated())
            .put("timeout", outcome.timeout())
            .put("deeper", outcome.deeper())
            .put("search_time_ms", outcome.searchTimeMillis())
            .put("seen", outcome.seen())
            .put("skipped", outcome.skipped());
    ArrayNode unavailable = json.putArray("unavailable");
    outcome.unavailable().forEach(unavailable::add);
    return json;
  }

  static ObjectNode error(String code, String message) {
    return of("error").put("code", code).put("message", message);
  }

  private static ObjectNode file(ObjectNode json, FileEntry entry) {
    return json.put("name", entry.name())
        .put("path", entry.path())
        .put("type", entry.directory() ? "directory" : "file")
        .put("size", entry.size())
        .put("modified", seconds(entry.modified()));
  }
}
