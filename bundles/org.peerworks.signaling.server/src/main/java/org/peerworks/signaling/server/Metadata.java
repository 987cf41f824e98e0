package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Refusal;

/**
 * How a peer describes itself: tags and properties, nothing else, so that nobody can plant notes of
 * the server's own. Immutable.
 */
final class Metadata {

  private static final String TAGS = "tags";
  private static final String PROPERTIES = "properties";

  private final ArrayNode tags;
  private final ObjectNode properties;

  private Metadata(ArrayNode tags, ObjectNode properties) {
    this.tags = tags;
    this.properties = properties;
  }

  static Metadata empty() {
    ObjectNode none = Json.object();
    return new Metadata(none.arrayNode(), none);
  }

  /**
   * Takes the tags if there are any, and merges the properties; what is not given stays.
   *
   * @param update may be null or JSON null: nothing new
   */
  Metadata with(JsonNode update, int maxCharacters) throws Refusal {
    if (update == null || update.isNull()) {
      return this;
    }
    JsonNode newTags = update.path(TAGS);
    JsonNode newProperties = update.path(PROPERTIES);
    if (!update.isObject() || !isWords(newTags) || !isObjectOrNothing(newProperties)) {
      throw new Refusal(
          "'metadata' must be an object with 'tags' (list of texts) and 'properties' (object).");
    }
    ArrayNode mergedTags = newTags.isArray() ? (ArrayNode) newTags : tags;
    ObjectNode mergedProperties = properties.deepCopy();
    if (newProperties.isObject()) {
      mergedProperties.setAll((ObjectNode) newProperties);
    }
    Metadata merged = new Metadata(mergedTags, mergedProperties);
    if (merged.toJson().toString().length() > maxCharacters) {
      throw new Refusal("'metadata' is larger than " + maxCharacters + " characters.");
    }
    return merged;
  }

  boolean mentions(String secret) {
    return !secret.isEmpty() && toJson().toString().contains(secret);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.set(TAGS, tags);
    json.set(PROPERTIES, properties);
    return json;
  }

  ArrayNode tags() {
    return tags;
  }

  ObjectNode properties() {
    return properties;
  }

  private static boolean isWords(JsonNode node) {
    if (node.isArray()) {
      for (JsonNode word : node) {
        if (!word.isTextual()) {
          return false;
        }
      }
      return true;
    }
    return node.isMissingNode() || node.isNull();
  }

  private static boolean isObjectOrNothing(JsonNode node) {
    return node.isObject() || node.isMissingNode() || node.isNull();
  }
}
