package org.peerworks.itests.interop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** How stand-in clients of each generation reach our worker. */
final class Entrance {

  private final Stage stage;

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
    ObjectNode all = stage.options().setAll(options);
    all.put("generation", generation.toString());
    Session session = Session.of(stage.session());
    switch (generation) {
      case G1 -> all.put("session", stage.session());
      case G2 ->
          all.put("room", session.room())
              .put("token", session.token())
              .put("worker", session.peer());
      default -> all.put("session", stage.session());
    }
    return stage.standIns().start("client", all);
  }
}
