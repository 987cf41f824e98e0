package org.peerworks.protocol.peerworks.internal.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.Set;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobState;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Texts;

/** Queries for jobs as JSON. */
public final class QueryJson {

  private QueryJson() {}

  public static ObjectNode write(JobQuery query) {
    ObjectNode json =
        Json.object()
            .put("onlyMine", query.onlyMine())
            .put("before", query.before())
            .put("limit", query.limit());
    ArrayNode states = json.putArray("states");
    query.states().forEach(state -> states.add(state.name()));
    return json;
  }

  public static JobQuery read(Fields json) {
    Set<JobState> states = EnumSet.noneOf(JobState.class);
    if (json.has("states")) {
      for (String name : json.texts("states", 100, 40)) {
        try {
          states.add(JobState.valueOf(name));
        } catch (IllegalArgumentException e) {
          throw new FieldException("The state '%s' is not known.".formatted(Texts.line(name, 40)));
        }
      }
    }
    return new JobQuery(
        states,
        json.flag("onlyMine", false),
        json.text("before", 200, ""),
        (int) json.number("limit", 1, 1000, 100));
  }
}
