package org.peerworks.deploy.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.deploy.transaction.Deployer;
import org.peerworks.deploy.transaction.Outcome;

/** What commands of several scopes do alike. */
final class Shown {

  private Shown() {}

  /** The value itself, which a converter prints, or as JSON. */
  static Object of(Object value, boolean asJson) {
    try {
      return asJson ? new JsonMapper().writeValueAsString(value) : value;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print this as JSON.", e);
    }
  }

  /**
   * An outcome in words.
   *
   * @throws IllegalStateException it is not as somebody asked for; why
   */
  static Object of(Outcome outcome, boolean asJson) {
    if (!outcome.isGood()) {
      String which = outcome.number() == 0 ? "" : " (transaction " + outcome.number() + ")";
      throw new IllegalStateException(
          (outcome.result() == Outcome.Result.REFUSED ? "Refused" : "Rolled back")
              + which
              + ": "
              + outcome.reason());
    }
    return asJson ? of((Object) outcome, true) : words(outcome);
  }

  private static String words(Outcome outcome) {
    List<String> lines = new ArrayList<>(outcome.plan());
    outcome.warnings().forEach(warning -> lines.add("warning    " + warning));
    lines.add(
        switch (outcome.result()) {
          case PLANNED ->
              lines.isEmpty()
                  ? "Nothing would change."
                  : "Nothing was changed (--dry-run)."
                      + (outcome.reason().isEmpty()
                          ? ""
                          : " It would need a restart: " + outcome.reason() + ".");
          case NEEDS_RESTART ->
              outcome.reason() + " Transaction " + outcome.number() + " waits for it.";
          default ->
              "Transaction "
                  + outcome.number()
                  + " is committed. 'deploy:rollback' goes back to an earlier one.";
        });
    return String.join("\n", lines);
  }

  static Deployer present(Deployer deployer) {
    if (deployer == null) {
      throw new IllegalStateException(
          "The deployment is not running. 'lb' lists the bundles, the worker's log says why.");
    }
    return deployer;
  }
}
