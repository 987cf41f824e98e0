package org.peerworks.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.cli.CommandFailure;

/** Finds things in the server's answers. */
final class Answers {

  private Answers() {}

  /** The objects of a list, which is the answer itself or its field. */
  static List<JsonNode> rows(JsonNode answer, String field) {
    List<JsonNode> rows = new ArrayList<>();
    (answer.isArray() ? answer : answer.path(field)).forEach(rows::add);
    rows.removeIf(row -> !row.isObject());
    return rows;
  }

  /** The first of several fields that is there; empty text if none is. */
  static String text(JsonNode answer, String... fields) {
    for (String field : fields) {
      JsonNode value = answer.path(field);
      if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
        return value.asText();
      }
    }
    return "";
  }

  /**
   * The same, of what must be there.
   *
   * @throws CommandFailure if none is
   */
  static String needed(JsonNode answer, String what, String... fields) {
    String text = text(answer, fields);
    if (text.isEmpty()) {
      throw CommandFailure.noConnection(
          "The signalling server's answer lacks "
              + what
              + ", so it may be of a kind that is not known here.");
    }
    return text;
  }

  /**
   * A secret in an answer.
   *
   * @param prefix of such secrets
   * @throws CommandFailure if there is none
   */
  static String secret(JsonNode answer, String what, String prefix, String... fields) {
    for (String field : fields) {
      String text = text(answer, field);
      if (text.startsWith(prefix) && text.matches("[A-Za-z0-9_-]{8,256}")) {
        return text;
      }
    }
    return needed(answer, what);
  }
}
