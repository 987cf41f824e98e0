package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.VideoFiles;

/**
 * Files that lie on a worker are found over WebRTC, chosen at a terminal and used where they lie.
 */
class WorkerFilesIT {

  private static final String UP_TO_ENTER = "'Enter take' '\\r'";

  @TempDir static Path directory;

  private static Lab lab;
  private static Path mount;
  private static Terminal terminal;
  private static String session;

  @BeforeAll
  static void startWorker() throws Exception {
    lab = new Lab(directory);
    mount = Files.createDirectories(directory.resolve("vast")).toRealPath();
    lab.configureWorker("org.peerworks.files.resolver", "mounts = lab=" + mount + "\n");
    ScriptedTrainer trainer = new ScriptedTrainer(lab);
    trainer.go();
    Files.move(
        trainer.trainingPackage("flies of november.zip", 1 << 20),
        Files.createDirectories(mount.resolve("anna/2026")).resolve("flies of november.zip"));
    terminal = new Terminal(lab, directory);
    lab.set("TERM", "xterm");
    lab.signal();
    session = Lab.session(lab.worker());
  }

  @AfterAll
  static void closeLab() throws Exception {
    lab.close();
  }

  /** Runs a command at a terminal; steps are pairs of what is read and what is typed then. */
  private static Running atTerminal(String steps, String command) throws IOException {
    return terminal.run(steps, command);
  }

  private static String train(String words) {
    return "peerworks client-train -s "
        + session
        + " --working-dir '"
        + directory
        + "/own' "
        + words;
  }

  private static List<Path> sent() throws IOException {
    try (Stream<Path> tree = Files.walk(lab.workerData())) {
      return tree.filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*/(input|uploads)/.*"))
          .toList();
    }
  }

  @Test
  void aNameIsFoundConfirmedAndTrainedAndNothingIsSent() throws Exception {
    Running client = atTerminal(UP_TO_ENTER, train("-p november.zip"));

    assertThat(client.exit()).as(client.transcript()).isZero();
    assertThat(client.transcript())
        .contains("> flies of november.zip")
        .contains("Using '" + mount.resolve("anna/2026/flies of november.zip") + "'")
        .doesNotContain("Sent ");
    assertThat(sent()).isEmpty();
    try (Stream<Path> models = Files.list(directory.resolve("own/models"))) {
      assertThat(models).hasSize(1).allMatch(model -> model.toString().contains("/single_"));
    }
  }

  @Test
  void ofSeveralTypingLeavesThoseThatFitAndNoneIsTakenByItself() throws Exception {
    for (String name : List.of("mice_one.zip", "mice_two.zip")) {
      Files.writeString(mount.resolve("anna/" + name), "zip");
    }
    Running client = atTerminal("'1 of 2' 'two' '1 of 1' '\\x03'", train("-p 'mice_*.zip'"));

    assertThat(client.exit()).as(client.transcript()).isEqualTo(130);
    assertThat(client.transcript())
        .contains("mice_one.zip", "> mice_two.zip", "No file was chosen")
        .doesNotContain("Using '");
    assertThat(sent()).isEmpty();
  }

  @Test
  void whatTheWorkerHasNotIsSaidAtOnce() throws Exception {
    Running client = atTerminal("", train("-p whales.zip"));

    assertThat(client.exit()).as(client.transcript()).isEqualTo(2);
    assertThat(client.transcript()).contains("none like it at worker").doesNotContain("Enter take");
  }

  @Test
  void controlCInTheSelectorCancelsAndLeavesTheTerminalAsItWas() throws Exception {
    Running client =
        atTerminal(
            "'Enter take' '\\x03'",
            "stty -a > before; "
                + train("-p november.zip")
                + "; echo status $?; stty -a | diff before -");

    assertThat(client.exit()).as(client.transcript()).isZero();
    assertThat(client.transcript()).contains("status 130").contains("No file was chosen");
  }

  @Test
  void aPathIsCopiedFromATerminal() throws Exception {
    Running client =
        atTerminal(
            "'lab/' '\\r' 'anna/' '\\r' '2026/' '\\r' 'november.zip' '\\r' 'copied' '\\x1b'",
            "peerworks browse --terminal -s " + session);

    assertThat(client.exit()).as(client.transcript()).isZero();
    assertThat(client.out()).last().asString().endsWith("/anna/2026/flies of november.zip");
    assertThat(client.transcript()).as("the clipboard's sequence").contains("\u001b]52;c;");
  }

  @Test
  void aTerminalWithoutCursorKeysShowsNumbers() throws Exception {
    Running client = atTerminal("'for none]' '\\n'", "TERM=dumb " + train("-p november.zip"));

    assertThat(client.exit()).as(client.transcript()).isEqualTo(130);
    assertThat(client.transcript()).contains("1  flies of november.zip");
  }

  @Test
  void aScriptGetsTheCandidatesAndAStatusOfItsOwn() throws Exception {
    Running json = lab.client("client-train", "-s", session, "-p", "november.zip", "--json");
    assertThat(json.exit()).as(json.transcript()).isEqualTo(5);
    JsonNode found = null;
    for (String line : json.out()) {
      JsonNode event = new ObjectMapper().readTree(line);
      found = event.path("event").asText().equals("candidates") ? event : found;
    }
    assertThat(found.path("candidates").get(0).path("mount").asText()).isEqualTo("lab");
  }

  @Test
  void aProjectWhoseVideosMovedIsTrackedAfterOneYes() throws Exception {
    Path slp =
        LabelFiles.ofTwoAnimals(Files.createDirectories(mount.resolve("p")).resolve("pair.slp"));
    byte[] before = Files.readAllBytes(slp);
    Path video = Files.createDirectories(mount.resolve("videos/lab")).resolve("arena.mp4");
    Files.move(slp.resolveSibling("arena.mp4"), video);
    Path model = Files.createDirectories(directory.resolve("own/pair_model"));
    Files.writeString(model.resolve("best.ckpt"), "weights");

    Running client =
        atTerminal(
            "'Use these?' 'y\\n'",
            "peerworks client-track -s %s -d '/drive/pair.slp' --path-mapping '/drive=%s' -m '%s' -o '%s'"
                .formatted(session, slp.getParent(), model, directory.resolve("own/found.slp")));

    assertThat(client.exit()).as(client.transcript()).isZero();
    assertThat(directory.resolve("own/found.slp")).hasContent("predictions");
    assertThat(Files.readAllBytes(slp)).as("the project").isEqualTo(before);
    String copy =
        client.transcript().replaceFirst("(?s).*Wrote '([^']+)' with 1 new path;.*", "$1");
    try (SlpFile file = SlpFile.open(Path.of(copy))) {
      assertThat(file.videoFiles())
          .flatExtracting(VideoFiles::names)
          .containsExactly(video.toString());
    }
  }
}
