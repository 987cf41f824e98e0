package org.peerworks.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times as servers write them: seconds, milliseconds, or ISO 8601; one without a zone is UTC. */
final class Times {

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final double FIRST_MILLIS = 1e11;

  private Times() {}

  static Optional<Instant> of(JsonNode node) {
    try {
      if (node.isNumber()) {
        double number = node.asDouble();
        return Optional.of(
            Instant.ofEpochMilli((long) (number >= FIRST_MILLIS ? number : number * 1000)));
      }
      return node.isTextual() && !node.textValue().isBlank()
          ? Optional.of(text(node.textValue()))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant text(String text) {
    if (text.matches("\\d{9,16}(\\.\\d+)?")) {
      double number = Double.parseDouble(text);
      return Instant.ofEpochMilli((long) (number >= FIRST_MILLIS ? number : number * 1000));
    }
    return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
  }

  /** For people; the server's own text where it is no time. */
  static String shown(JsonNode node, String otherwise) {
    return of(node).map(Times::shown).orElse(node.isTextual() ? node.textValue() : otherwise);
  }

  static String shown(Instant time) {
    return MINUTE.withZone(ZoneId.systemDefault()).format(time);
  }
}
