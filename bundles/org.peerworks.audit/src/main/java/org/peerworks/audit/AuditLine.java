package org.peerworks.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.peerworks.audit.api.AuditEntry;
import org.peerworks.audit.api.AuditEvent;
import org.peerworks.audit.api.AuditResult;

/**
 * An entry as a line of JSON. Its last field, {@code seal}, is the HMAC of all that stands before
 * it.
 *
 * @param previous hash of the line before
 * @param body what is sealed
 */
record AuditLine(AuditEntry entry, String previous, String body, String seal) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_NAME = 256;
  private static final int MOST_TEXT = 4096;
  private static final int MOST_DETAIL = 1024;
  private static final String SEAL = ",\"seal\":\"";
  private static final int SEAL_LENGTH = SEAL.length() + 64 + 2;

  /** The text of a new entry, without a line end. */
  static String text(long number, Instant at, AuditEvent event, String previous, Seal seal) {
    ObjectNode node = JSON.createObjectNode();
    node.put("number", number);
    node.put("at", at.toString());
    node.put("who", cut(event.who(), MOST_NAME));
    node.put("from", cut(event.from(), MOST_NAME));
    node.put("what", cut(event.what(), MOST_TEXT));
    node.put("result", event.result().name());
    node.put("detail", cut(event.detail(), MOST_DETAIL));
    node.put("begun", event.begun());
    node.put("previous", previous);
    String whole = node.toString();
    String body = whole.substring(0, whole.length() - 1);
    return body + SEAL + seal.seal(body) + "\"}";
  }

  /**
   * Reads a line.
   *
   * @return empty if it is none of ours
   */
  static Optional<AuditLine> read(String line) {
    int end = line.length() - SEAL_LENGTH;
    if (end < 0 || !line.startsWith(SEAL, end) || !line.endsWith("\"}")) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(line);
      AuditEvent event =
          new AuditEvent(
              text(node, "who"),
              text(node, "from"),
              text(node, "what"),
              AuditResult.valueOf(text(node, "result")),
              text(node, "detail"),
              node.path("begun").asLong());
      AuditEntry entry =
          new AuditEntry(
              node.path("number").asLong(),
              Instant.parse(text(node, "at")),
              event,
              Seal.hash(line));
      return Optional.of(
          new AuditLine(entry, text(node, "previous"), line.substring(0, end), text(node, "seal")));
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("No text '" + name + "'.");
    }
    return value.textValue();
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
