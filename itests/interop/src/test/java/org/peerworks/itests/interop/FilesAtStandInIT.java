package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.itests.distribution.Lab;
import org.peerworks.itests.distribution.Running;
import org.peerworks.itests.distribution.Terminal;

/**
 * Our client asks a stand-in worker for its files, with each word of the format (sleap-rtc wire
 * format §2.7).
 */
class FilesAtStandInIT {

  private static final int CHOICE = 5;
  private static final int USAGE = 2;

  /** Where the videos of the stand-in's project say that they are. */
  private static final String OLD = "/home/me/data";

  @TempDir static Path directory;

  private static Stage stage;
  private static Terminal terminal;
  private static StandIn worker;
  private static Path mount;
  private static String key;
  private static List<String> way;

  @BeforeAll
  static void open() throws Exception {
    Lab lab = new Lab(directory);
    stage = new Stage(false, lab);
    terminal = new Terminal(lab, directory);
    mount = stage.mount().toRealPath();
    key = stage.account().get("account_key").textValue();
    ObjectNode options = stage.options().put("generation", "G3").put("mount", mount.toString());
    options.put("api_key", stage.account().get("worker_token").textValue());
    options.put("furnished", true);
    options.putObject("outcome").put("truncated", true).put("timeout", true);
    worker = stage.standIns().start("worker", options);
    way =
        List.of(
            "--room",
            stage.account().get("room").textValue(),
            "--worker-id",
            worker.expect("ready").get("peer_id").textValue());
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  private static Running run(String command, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(way);
    all.addAll(List.of(words));
    return stage.lab().clientWith(Map.of("SLEAP_RTC_ACCOUNT_KEY", key), all.toArray(String[]::new));
  }

  /** What the worker has got since then. */
  private static List<String> got(long since) {
    return worker.facts("got").skip(since).map(fact -> fact.get("text").textValue()).toList();
  }

  private static long gotSoFar() {
    return worker.facts("got").count();
  }

  private static void assertNothingFailed() {
    assertThat(worker.facts("task_failed")).as("%s", worker).isEmpty();
    assertThat(worker.facts("ignored")).as("%s", worker).isEmpty();
  }

  /** {@code FS_CHECK_VIDEOS_RESPONSE}, {@code FS_SCAN_DIR}, {@code FS_RESOLVE_WITH_PREFIX}. */
  @Test
  void videosThatMovedAreFoundAndWrittenOnceAnybodySaysYes() throws Exception {
    Path project = mount.resolve("projects/moved.slp");
    byte[] before = Files.readAllBytes(project);
    long since = gotSoFar();

    Running asked = run("resolve-paths", "--slp", project.toString(), "--non-interactive");

    assertThat(asked.exit()).as(asked.transcript()).isEqualTo(CHOICE);
    String mapping = OLD + "=" + mount.resolve("store/videos");
    assertThat(asked.transcript())
        .contains("2 of 3 videos of '" + project + "' are not where it says.")
        .contains("--path-mapping '" + mapping + "'");
    assertThat(got(since))
        .contains("FS_GET_INFO", "FS_LIST_DIR::" + project + "::0", "USE_WORKER_PATH::" + project)
        .anyMatch(text -> text.startsWith("FS_SCAN_DIR::{\"directory\":\"" + project.getParent()))
        .anyMatch(text -> text.startsWith("FS_RESOLVE::arena.mp4::"))
        .anyMatch(text -> text.startsWith("FS_RESOLVE_WITH_PREFIX::{\"original_path\":\"" + OLD))
        .noneMatch(text -> text.startsWith("FS_WRITE_SLP") || text.startsWith("FS_APPLY_PREFIX"));

    Running told = run("resolve-paths", "--slp", project.toString(), "--path-mapping", mapping);

    assertThat(told.exit()).as(told.transcript()).isZero();
    String name = "resolved_" + LocalDate.now().format(DateTimeFormatter.BASIC_ISO_DATE);
    Path copy = project.resolveSibling(name + "_moved.slp");
    assertThat(told.transcript()).contains("Wrote '" + copy + "' with 2 new paths");
    JsonNode copied = worker.expect("copied");
    assertThat(copied.get("videos"))
        .extracting(JsonNode::textValue)
        .containsExactly(
            mount + "/store/videos/day1/arena.mp4", mount + "/store/videos/day2/barn.mp4", ".");
    assertThat(project).hasBinaryContent(before);
    assertNothingFailed();
  }

  /** {@code FS_APPLY_PREFIX}: somebody at a terminal takes what the worker has proposed. */
  @Test
  void aProposalThatSomebodyTakesIsToldTheWorkerBeforeTheCopy() throws Exception {
    Path project = Files.createDirectories(mount.resolve("confirmed")).resolve("moved.slp");
    Files.copy(mount.resolve("projects/moved.slp"), project);
    long since = gotSoFar();
    Running client =
        terminal.run(
            "'Use these' 'y\\r'",
            "TERM=xterm SLEAP_RTC_ACCOUNT_KEY=%s peerworks resolve-paths --slp %s %s"
                .formatted(key, project, String.join(" ", way)));

    assertThat(client.exit()).as(client.transcript()).isZero();
    assertThat(got(since))
        .filteredOn(text -> text.startsWith("FS_APPLY_PREFIX") || text.startsWith("FS_WRITE_SLP"))
        .hasSize(2)
        .first()
        .isEqualTo("FS_APPLY_PREFIX::{\"confirmed\":true}");
    assertThat(worker.facts("copied").map(fact -> fact.get("path").textValue()))
        .anyMatch(path -> path.startsWith(project.getParent() + "/resolved_"));
    assertNothingFailed();
  }

  /** {@code FS_WRITE_SLP_ERROR}, {@code FS_ERROR}. */
  @Test
  @Tag("interop")
  void whatTheWorkerRefusesIsTold() throws Exception {
    long since = gotSoFar();
    Running written =
        run(
            "resolve-paths",
            "--slp",
            mount.resolve("projects/moved.slp").toString(),
            "-o",
            mount.resolve("gone/copy.slp").toString(),
            "--path-mapping",
            OLD + "=" + mount.resolve("store/videos"));
    assertThat(written.exit()).as(written.transcript()).isNotIn(0, CHOICE);
    assertThat(written.transcript())
        .contains("No such file or directory")
        .doesNotContain("Exception", "by a defect");
    assertThat(got(since)).anyMatch(text -> text.startsWith("FS_WRITE_SLP::"));

    Running broad = run("client-train", "-p", "*a", "--non-interactive");
    assertThat(broad.exit()).as(broad.transcript()).isEqualTo(USAGE);
    assertThat(broad.transcript()).contains("at least 3 other characters");
    assertNothingFailed();
  }

  /** {@code FS_RESOLVE}: what is told of it reaches whoever asked. */
  @Test
  void aNameIsSearchedFor() throws Exception {
    long since = gotSoFar();
    Running client = run("client-train", "-p", "flies.zip", "--non-interactive", "--json");

    assertThat(client.exit()).as(client.transcript()).isEqualTo(CHOICE);
    JsonNode found = null;
    for (String line : client.out()) {
      JsonNode event = new ObjectMapper().readTree(line);
      found = event.path("event").asText().equals("candidates") ? event : found;
    }
    JsonNode candidate = found.get("candidates").get(0);
    assertThat(candidate.get("path").textValue()).isEqualTo(mount + "/store/flies.zip");
    assertThat(candidate.get("mount").textValue()).isEqualTo("lab");
    assertThat(candidate.get("size").longValue())
        .isEqualTo(Files.size(mount.resolve("store/flies.zip")));
    assertThat(found.get("truncated").booleanValue()).isTrue();
    assertThat(found.get("timeout").booleanValue()).isTrue();
    assertThat(got(since)).anyMatch(text -> text.startsWith("FS_RESOLVE::flies.zip::"));
    assertNothingFailed();
  }

  /** {@code USE_WORKER_PATH}, then {@code OUTPUT_DIR}. */
  @Test
  void aPackageIsTrainedOnWhereItLies() throws Exception {
    long since = gotSoFar();
    Path zip = mount.resolve("store/flies.zip");
    // What this machine has itself would be sent.
    Running client =
        run(
            "client-train",
            "-p",
            "/drive/flies.zip",
            "--path-mapping",
            "/drive=" + zip.getParent());

    assertThat(client.exit()).as(client.transcript()).isZero();
    assertThat(got(since))
        .contains("USE_WORKER_PATH::" + zip, "OUTPUT_DIR::models")
        .noneMatch(text -> text.startsWith("FILE_"));
    assertThat(worker.expect("used").get("path").textValue()).isEqualTo(zip.toString());
    assertNothingFailed();
  }

  /** Labels and models at the worker, the videos elsewhere than they say. */
  @Test
  @Tag("interop")
  void aProjectIsTrackedByItsCopy() throws Exception {
    Path out = stage.lab().desk().resolve("tracked.slp");
    Path project = Files.createDirectories(mount.resolve("tracked")).resolve("moved.slp");
    Files.copy(mount.resolve("projects/moved.slp"), project);
    Running client =
        run(
            "client-track",
            "-d",
            "/drive/moved.slp",
            "--path-mapping",
            "/drive=" + project.getParent(),
            "--no-only_suggested_frames",
            "-m",
            "/models/" + stage.model().getFileName(),
            "--path-mapping",
            "/models=" + mount.resolve("models"),
            "--path-mapping",
            OLD + "=" + mount.resolve("store/videos"),
            "-o",
            out.toString());

    assertThat(client.exit()).as(client.transcript()).isZero();
    assertThat(Files.readString(out)).startsWith("predictions for resolved_");
    assertThat(worker.facts("copied").map(fact -> fact.get("path").textValue()))
        .anyMatch(path -> path.startsWith(project.getParent() + "/resolved_"));
    assertNothingFailed();
  }

  /** {@code FS_GET_MOUNTS}; {@code FS_LIST_DIR}, page by page: the file is on the last one. */
  @Test
  void aDirectoryIsLookedThroughAtATerminal() throws Exception {
    long since = gotSoFar();
    Running client =
        terminal.run(
            "'lab/' '\\r' 'store/' 'many' '1 of 1' '\\r' 'Alpha/' 'zebra' '1 of 1' '\\r'"
                + " 'copied' '\\x1b' 'of 45' '\\x1b'",
            "TERM=xterm SLEAP_RTC_ACCOUNT_KEY=%s peerworks browse --terminal %s"
                .formatted(key, String.join(" ", way)));

    assertThat(client.exit()).as(client.transcript()).isZero();
    assertThat(client.out()).last().asString().endsWith(mount + "/many/zebra.bin");
    assertThat(got(since))
        .contains("FS_GET_INFO", "FS_GET_MOUNTS", "FS_LIST_DIR::" + mount + "::0")
        .contains(
            "FS_LIST_DIR::" + mount + "/many::0",
            "FS_LIST_DIR::" + mount + "/many::20",
            "FS_LIST_DIR::" + mount + "/many::40");
    assertNothingFailed();
  }
}
