package org.peerworks.health.shell;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.peerworks.health.api.CheckResult;
import org.peerworks.health.api.Level;
import org.peerworks.health.api.Readiness;

/** What was found, for programs. */
public final class HealthJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private HealthJson() {}

  /** One object: the worst level, and all checks with their findings, by name. */
  public static ObjectNode checks(List<CheckResult> results) {
    ObjectNode json = JSON.createObjectNode();
    json.put("level", text(level(results)));
    ArrayNode checks = json.putArray("checks");
    for (CheckResult result : results) {
      ObjectNode check = checks.addObject();
      check.put("name", result.name()).put("level", text(result.level()));
      result.tags().forEach(check.putArray("tags")::add);
      ArrayNode findings = check.putArray("findings");
      result
          .findings()
          .forEach(
              finding ->
                  findings
                      .addObject()
                      .put("level", text(finding.level()))
                      .put("found", finding.found())
                      .put("mend", finding.mend()));
    }
    return json;
  }

  /** One array: all levels, lowest first. */
  public static ArrayNode readiness(List<Readiness> levels) {
    ArrayNode json = JSON.createArrayNode();
    levels.forEach(
        level ->
            json.addObject()
                .put("level", level.name())
                .put("reached", level.reached())
                .put("since", level.since().toString())
                .put("waitsFor", level.waitsFor()));
    return json;
  }

  /** The worst of all. */
  public static Level level(List<CheckResult> results) {
    return results.stream().map(CheckResult::level).max(Level::compareTo).orElse(Level.OK);
  }

  private static String text(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
