package org.peerworks.itests.interop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** How stand-in clients of each generation reach our worker. */
final class Entrance {

  private final Stage stage;
  private final AtomicInteger jobs = new AtomicInteger();

  Entrance(Stage stage) {
    this.stage = stage;
  }

  /**
   * Starts a client.
   *
   * @param shared whether a client of the second generation names a package at the worker rather
   *     than sending one
   */
  StandIn client(Side generation, ObjectNode options, boolean shared) throws IOException {
    ObjectNode all = stage.options().put("generation", generation.toString());
    if (generation == Side.G3) {
      all.put("jwt", stage.account().get("jwt").textValue())
          .put("room", stage.account().get("room").textValue())
          .put("private_key", stage.account().get("private_key").textValue())
          .put("worker", stage.guest().peer());
      all.putArray("models_at_worker").add(stage.model().toString());
    } else if (generation == Side.G2) {
      Session session = Session.of(stage.session());
      all.put("room", session.room()).put("token", session.token()).put("worker", session.peer());
      if (shared) {
        all.put("shared", stage.shared(options)).put("job", "job-" + jobs.incrementAndGet());
      }
    } else {
      all.put("session", stage.session());
    }
    all.setAll(options);
    return stage.standIns().start("client", all);
  }
}
