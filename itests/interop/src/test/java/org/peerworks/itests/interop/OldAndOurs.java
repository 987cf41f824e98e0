package org.peerworks.itests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.peerworks.itests.distribution.Lab;

/**
 * Two stages for one attack: it succeeds at the stand-ins that have the hole, which shows that it
 * is well formed, and must not succeed at ours.
 */
final class OldAndOurs {

  private final Stage old;
  private final Stage ours;

  OldAndOurs(Path directory) throws Exception {
    Lab lab = new Lab(directory.resolve("ours"));
    ours = new Stage(true, lab);
    old = new Stage(false, new Lab(directory.resolve("old"), lab));
  }

  Stage old() {
    return old;
  }

  Stage ours() {
    return ours;
  }

  /** A stand-in worker of the first generation. */
  StandIn packageWorker(ObjectNode more) throws IOException {
    ObjectNode options = old.options().put("generation", "G1");
    return ready(options.setAll(more));
  }

  /** A stand-in worker of the third generation, in the room of an account. */
  StandIn structuredWorker(ObjectNode more) throws IOException {
    ObjectNode options = old.options().put("generation", "G3");
    JsonNode account = old.account();
    options
        .put("room", account.get("room").textValue())
        .put("api_key", account.get("worker_token").textValue())
        .put("mount", old.mount().toString());
    return ready(options.setAll(more));
  }

  private StandIn ready(ObjectNode options) throws IOException {
    StandIn worker = old.standIns().start("worker", options);
    worker.expect("ready");
    return worker;
  }

  /** What a client of the third generation needs to come to a worker in the room of the account. */
  static ObjectNode member(Stage stage, String worker) throws IOException {
    return stage
        .options()
        .put("generation", "G3")
        .put("patience", 4)
        .put("worker", worker)
        .put("room", stage.account().get("room").textValue())
        .put("jwt", stage.account().get("jwt").textValue());
  }

  /** What a client of the third generation needs to come to a worker in a room of its own. */
  static ObjectNode guest(Stage stage, Session session) {
    return stage
        .options()
        .put("generation", "G3")
        .put("patience", 4)
        .put("room", session.room())
        .put("token", session.token())
        .put("worker", session.peer());
  }

  void close() throws Exception {
    ours.close();
    old.close();
  }
}
