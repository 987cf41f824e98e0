package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peerworks.signaling.server.basic.Json;

/**
 * Selects peers by role, by any of some tags, and by properties: equal, or compared with {@code
 * $gte}, {@code $lte}, {@code $eq} (sleap-rtc wire format, {@code discover_peers}).
 */
final class PeerFilter {

  private final Optional<String> role;
  private final Set<String> anyTag;
  private final JsonNode properties;

  private PeerFilter(Optional<String> role, Set<String> anyTag, JsonNode properties) {
    this.role = role;
    this.anyTag = anyTag;
    this.properties = properties;
  }

  /**
   * @param filters the message's field; missing parts select everything
   */
  static PeerFilter of(JsonNode filters) {
    Set<String> tags = new HashSet<>();
    filters.path("tags").forEach(tag -> tags.add(tag.asText()));
    return new PeerFilter(Json.text(filters, "role"), tags, filters.path("properties"));
  }

  boolean matches(String peerRole, Metadata metadata) {
    return role.map(peerRole::equals).orElse(true)
        && hasTag(metadata)
        && hasProperties(metadata.properties());
  }

  private boolean hasTag(Metadata metadata) {
    if (anyTag.isEmpty()) {
      return true;
    }
    for (JsonNode tag : metadata.tags()) {
      if (anyTag.contains(tag.asText())) {
        return true;
      }
    }
    return false;
  }

  private boolean hasProperties(ObjectNode actual) {
    for (Map.Entry<String, JsonNode> wanted : properties.properties()) {
      JsonNode value = actual.get(wanted.getKey());
      if (value == null || !satisfies(value, wanted.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean satisfies(JsonNode value, JsonNode wanted) {
    if (!isComparison(wanted)) {
      return equal(value, wanted);
    }
    for (Map.Entry<String, JsonNode> test : wanted.properties()) {
      JsonNode limit = test.getValue();
      boolean passed =
          switch (test.getKey()) {
            case "$gte" -> numbers(value, limit) && value.asDouble() >= limit.asDouble();
            case "$lte" -> numbers(value, limit) && value.asDouble() <= limit.asDouble();
            default -> equal(value, limit);
          };
      if (!passed) {
        return false;
      }
    }
    return true;
  }

  private static boolean isComparison(JsonNode wanted) {
    if (!wanted.isObject() || wanted.isEmpty()) {
      return false;
    }
    Set<String> operators = Set.of("$gte", "$lte", "$eq");
    return wanted.properties().stream().allMatch(entry -> operators.contains(entry.getKey()));
  }

  private static boolean equal(JsonNode one, JsonNode other) {
    return numbers(one, other) ? one.asDouble() == other.asDouble() : one.equals(other);
  }

  private static boolean numbers(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber();
  }
}
