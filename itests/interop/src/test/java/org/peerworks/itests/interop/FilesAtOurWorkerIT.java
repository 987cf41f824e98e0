package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.itests.distribution.Lab;

/**
 * A stand-in client asks our worker for its files with each word of the format (sleap-rtc wire
 * format §2.7), and checks each field of the answers; the checks are in its {@code client_…}
 * programs.
 */
class FilesAtOurWorkerIT {

  @TempDir static Path directory;

  private static Stage stage;
  private static StandIn client;

  @BeforeAll
  static void ask() throws Exception {
    stage = new Stage(true, new Lab(directory));
    ObjectNode options = OldAndOurs.guest(stage, Session.of(stage.session()));
    client = stage.standIns().start("client", options.put("task", "files").put("patience", 90));
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  private static void assertHeld(String check) {
    JsonNode fact = client.expect("checked", it -> it.get("name").textValue().equals(check));
    assertThat(fact.get("wrong").textValue()).as("%s", client).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "info",
        "mounts",
        "listing",
        "listing_without_offset",
        "listing_beyond_the_end",
        "listing_through_links_and_dots",
        "listing_refused"
      })
  void mountsAndDirectoriesAreToldAsTheFormatHasIt(String check) {
    assertHeld(check);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exact",
        "only_the_base_name",
        "size",
        "depth",
        "wildcard",
        "substring",
        "spelling",
        "label",
        "nothing",
        "search_refused"
      })
  void aSearchIsToldAsTheFormatHasIt(String check) {
    assertHeld(check);
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker_path", "worker_path_refused", "videos", "videos_of_no_project"})
  void aWorkerPathIsToldAsTheFormatHasIt(String check) {
    assertHeld(check);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scan",
        "scan_refused",
        "prefix",
        "prefix_tells_nothing",
        "prefix_applied",
        "written",
        "write_refused"
      })
  void videosOfAProjectAreFoundAsTheFormatHasIt(String check) {
    assertHeld(check);
  }

  @Test
  void everyCheckIsNamedHere() {
    assertThat(client.outcome()).as("%s", client).isEqualTo("done");
    assertThat(client.facts("checked")).hasSize(28);
  }
}
