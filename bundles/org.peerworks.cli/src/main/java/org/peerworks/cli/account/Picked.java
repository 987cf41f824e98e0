package org.peerworks.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.peerworks.cli.CommandFailure;

/** Finds the one thing of a list that a person means by the beginning of its id. */
final class Picked {

  private static final int LEAST = 4;
  private static final int MEANT = 12;

  private Picked() {}

  /**
   * @param typed an id, or its beginning as a table shows it
   * @param what it is, for messages
   * @return the whole id
   * @throws CommandFailure if there is none, or more than one
   */
  static String id(List<JsonNode> rows, String typed, String what, String... fields) {
    String start = typed.replaceAll("(…|\\.\\.\\.)$", "");
    List<String> ids = rows.stream().map(row -> Answers.text(row, fields)).distinct().toList();
    if (ids.contains(start)) {
      return start;
    }
    // A whole secret begins with its id.
    List<String> begun =
        ids.stream().filter(id -> id.length() >= MEANT && start.startsWith(id)).toList();
    if (begun.size() == 1) {
      return begun.get(0);
    }
    List<String> fitting =
        ids.stream().filter(id -> start.length() >= LEAST && id.startsWith(start)).toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    throw CommandFailure.usage(
        fitting.isEmpty()
            ? "There is no "
                + what
                + " '"
                + Masked.id(typed)
                + "'. '"
                + what
                + " list' shows what there is."
            : "There are "
                + fitting.size()
                + " of '"
                + typed
                + "'. Give more of the id: '"
                + what
                + " list --json' has it.");
  }
}
