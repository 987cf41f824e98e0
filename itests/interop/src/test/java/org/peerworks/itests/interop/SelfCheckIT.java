package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-ins among themselves: what is held against our programs is right. */
class SelfCheckIT {

  private static final String[] CHECKS = {
    "info",
    "mounts",
    "listing",
    "listing_without_offset",
    "listing_beyond_the_end",
    "exact",
    "only_the_base_name",
    "size",
    "depth",
    "substring",
    "label",
    "nothing",
    "worker_path",
    "videos",
    "scan",
    "prefix",
    "prefix_applied",
    "written"
  };

  @TempDir static Path directory;

  private static StandIns standIns;
  private static JsonNode server;
  private static JsonNode account;

  @BeforeAll
  static void open() throws Exception {
    standIns = new StandIns(directory);
    ObjectNode options = StandIns.options();
    options.putArray("people").add("ann");
    StandIn started = standIns.start("server", options);
    server = started.expect("ready");
    account = started.expect("account");
  }

  @AfterAll
  static void close() throws Exception {
    standIns.close();
  }

  @ParameterizedTest
  @CsvSource({
    "G1, train, labels.slp,    legacy, done",
    "G1, track, labels.slp,    modern, done",
    "G1, train, fake-fail.slp, legacy, failed",
    "G1, train, fake-slow.slp, legacy, done",
    "G2, train, labels.slp,    legacy, done",
    "G3, train, labels.slp,    modern, done",
    "G3, track, labels.slp,    legacy, done",
    "G3, train, fake-slow.slp, legacy, failed",
  })
  void aClientIsServed(String generation, String task, String labels, String form, String outcome)
      throws Exception {
    Path mount = Files.createDirectories(directory.resolve("mount-" + generation));
    Path model = Files.createDirectories(mount.resolve("models/centroid"));
    ObjectNode work = addresses().put("generation", generation);
    ObjectNode ask = addresses().put("generation", generation).put("task", task);
    if (generation.equals("G3")) {
      work.put("api_key", account.get("worker_token").textValue()).put("mount", mount.toString());
    }
    StandIn worker = standIns.start("worker", work);
    JsonNode ready = worker.expect("ready");
    ask.put("form", form).put("labels", labels).put("worker", ready.get("peer_id").textValue());
    if (generation.equals("G3")) {
      ask.put("jwt", account.get("jwt").textValue()).put("room", account.get("room").textValue());
      ask.putArray("models_at_worker").add(model.toString());
    } else {
      ask.put("session", ready.get("session").textValue());
      // What the worker of that time looks for; its clients never sent it.
      ask.put("folder", true).put("output", "labels.predictions.slp");
    }
    if (labels.contains("slow")) {
      ask.put("cancel_at", "Epoch 3");
      ask.put(
          "cancel", generation.equals("G3") ? "JOB_CANCEL" : "ZMQ_CTRL::{\"command\": \"stop\"}");
    }

    StandIn client = standIns.start("client", ask);

    assertThat(client.outcome()).as("%s%n%s", client, worker).isEqualTo(outcome);
    assertThat(worker.facts("task_failed")).isEmpty();
    worker.kill();
  }

  /** What the stand-in worker knows of all that a client may ask; it denies nobody anything. */
  @Test
  void filesAreToldAsTheFormatHasIt() throws Exception {
    Path mount = Files.createDirectories(directory.resolve("mount-files"));
    ObjectNode work = addresses().put("generation", "G3").put("mount", mount.toString());
    work.put("api_key", account.get("worker_token").textValue());
    StandIn worker = standIns.start("worker", work);
    ObjectNode ask = addresses().put("generation", "G3").put("task", "files").put("patience", 90);
    ask.put("worker", worker.expect("ready").get("peer_id").textValue());
    ask.put("jwt", account.get("jwt").textValue()).put("room", account.get("room").textValue());
    for (String check : CHECKS) {
      ask.withArray("checks").add(check);
    }

    StandIn client = standIns.start("client", ask);

    assertThat(client.outcome()).as("%s%n%s", client, worker).isEqualTo("done");
    assertThat(worker.facts("task_failed")).isEmpty();
    worker.kill();
  }

  private static ObjectNode addresses() {
    return StandIns.options()
        .put("ws", server.get("ws").textValue())
        .put("http", server.get("http").textValue());
  }
}
