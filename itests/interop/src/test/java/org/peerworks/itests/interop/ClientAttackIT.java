package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.itests.distribution.Lab;
import org.peerworks.itests.distribution.Running;

/**
 * Workers that break the rules towards our client: it ends with a status that says so, names what
 * was wrong, and keeps nothing. The same words in their harmless form are taken.
 */
@Tag("interop")
class ClientAttackIT {

  private static final String CALL =
      "{\"py/reduce\": [{\"py/function\": \"os.mkdir\"}, {\"py/tuple\": [\"%s\"]}]}";

  @TempDir static Path directory;
  private static Stage stage;
  private static OurClient client;

  @BeforeAll
  static void open() throws Exception {
    stage = new Stage(true, new Lab(directory));
    client = new OurClient(stage);
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @Test
  void aHarmlessWorkerIsBelieved() throws Exception {
    List<Path> before = client.models();
    Running training = train("client_harmless", target("harmless"), List.of());

    assertThat(training.exit()).as(training.transcript()).isZero();
    List<Path> models = new ArrayList<>(client.models());
    models.removeAll(before);
    assertThat(models).hasSize(1);
    assertThat(models.get(0).resolve("best.ckpt")).hasContent("weights");
  }

  @Test
  void whatComesBeforeTheJobCountsForNothing() throws Exception {
    int before = client.models().size();
    Running training = train("client_results_first", target("results"), List.of());

    assertThat(training.exit()).as(training.transcript()).isZero();
    assertThat(client.models()).hasSize(before + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "name_that_leaves, 1, names its result badly",
    "slip,             1, contains the part",
    "too_much,         1, more of",
    "too_little,       1, were announced",
    "endless_file,     1, has room for",
    "no_archive,       1, not a zip file",
    "flood,            1, exit status 1",
    "malformed,        1, cannot be read",
    "vanish,           3, connection",
    "no_answer,        3, ",
    "bad_answer,       3, ",
  })
  void aWrongWorkerIsLeft(String trick, int status, String why) throws Exception {
    Path target = target(trick);
    int before = client.models().size();

    Running training = train("client_" + trick, target, List.of());

    assertThat(training.exit()).as(training.transcript()).isEqualTo(status);
    assertThat(training.transcript()).contains(why == null ? "" : why);
    assertThat(training.transcript()).doesNotContain("Exception", "by a defect", "\u001b[2J");
    assertThat(target).doesNotExist();
    assertThat(client.models()).hasSize(before);
    assertThat(left()).isEmpty();
  }

  /** S12, towards the client: a report that is a call for whoever decodes it into objects. */
  @Test
  void aReportCallsNothing() throws Exception {
    Path shown = target("called-directly");
    ObjectNode first = StandIns.options().put("first", CALL.formatted(shown));
    StandIn gui = stage.standIns().start("gui", first);
    JsonNode ports = gui.expect("ready");
    assertThat(shown).as("what a monitor of that time does").exists();

    Path target = target("called-through-us");
    Running training =
        train(
            "client_report_that_calls",
            target,
            List.of(
                "--controller_port",
                ports.get("controller_port").asText(),
                "--publish_port",
                ports.get("publish_port").asText()));

    assertThat(training.exit()).as(training.transcript()).isOne();
    gui.expect("shown", fact -> fact.get("text").textValue().contains("\"epoch_end\""));
    assertThat(gui.facts("shown").skip(1).map(fact -> fact.get("text").textValue()))
        .noneMatch(text -> text.contains("py/"));
    assertThat(target).doesNotExist();
    gui.kill();
  }

  private static Path target(String name) {
    return directory.resolve("target-" + name);
  }

  /** Our client at a worker that plays a trick. */
  private static Running train(String trick, Path target, List<String> more) throws IOException {
    ObjectNode options = stage.options().put("generation", "G1").put("trick", trick);
    StandIn worker = stage.standIns().start("wrong", options.put("target", target.toString()));
    List<String> way =
        new ArrayList<>(List.of("-s", worker.expect("ready").get("session").textValue()));
    way.addAll(more);
    return client.train(way, "good", "labels.slp", 3000);
  }

  /** What was received, and is in nobody's hands. */
  private static List<Path> left() throws IOException {
    Path data = stage.lab().directory().resolve("client-data");
    try (Stream<Path> all = Files.walk(data)) {
      return all.filter(file -> file.getFileName().toString().startsWith("output-")).toList();
    }
  }
}
