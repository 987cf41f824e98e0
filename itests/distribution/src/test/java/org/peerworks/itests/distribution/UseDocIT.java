package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.files.FileTrees;

/** What {@code docs/use.md} tells people to type. */
class UseDocIT {

  private static final Pattern BASH = Pattern.compile("```bash\\n(.*?)```", Pattern.DOTALL);
  private static final String SESSION_IN_TEXT = "\"(sleap-session:[^\"]*\\.\\.\\.|\\.\\.\\.)\"";
  private static final String STAMP = "_\\d{6}_\\d{6}(_\\d+)?";

  @TempDir static Path directory;

  private static Lab lab;
  private static String page;
  private static String session;

  @BeforeAll
  static void startWorkerAsThePageSays() throws Exception {
    lab = new Lab(directory);
    ScriptedTrainer trainer = new ScriptedTrainer(lab);
    trainer.go();
    page = Files.readString(lab.page("use.md"));
    lab.signal();
    String block = blocks().filter(UseDocIT::startsWorker).findFirst().orElseThrow();
    session = Lab.session(lab.bashAtWorker(block));
  }

  @AfterAll
  static void closeLab() throws Exception {
    lab.close();
  }

  @BeforeEach
  void layOutTheDesk() throws IOException {
    FileTrees.delete(lab.desk());
    Files.createDirectories(lab.desk());
  }

  @Test
  void holdsEveryExampleOfSleapRtc() throws IOException {
    List<String> blocks = blocks().map(UseDocIT::oneLine).toList();
    for (String example : examplesOfSleapRtc()) {
      assertThat(blocks).anySatisfy(block -> assertThat(block).contains(oneLine(example)));
    }
  }

  @TestFactory
  Stream<DynamicTest> everyExampleRunsAsItIsWritten() {
    return blocks()
        .filter(block -> !startsWorker(block))
        .map(block -> DynamicTest.dynamicTest(oneLine(block), () -> run(block)));
  }

  private void run(String block) throws Exception {
    layOutTheDesk();
    for (String name : named("\\S+_path (\\S+\\.slp)", block).toList()) {
      LabelFiles.ofTwoAnimals(lab.desk().resolve(name));
    }
    for (String kind : List.of("centroid", "centered_instance")) {
      Path model = lab.desk().resolve("models").resolve(kind + "_251024_152308");
      Files.writeString(Files.createDirectories(model).resolve("best.ckpt"), "weights");
    }

    Running commands = lab.bash(block.replaceAll(SESSION_IN_TEXT, "\"" + session + "\""));

    assertThat(commands.exit()).as(commands.transcript()).isZero();
    if (block.contains("client-train") || block.contains("sleap-rtc client ")) {
      assertThat(newModels())
          .as(commands.transcript())
          .hasSize(2)
          .anyMatch(name -> name.matches("centroid" + STAMP))
          .anyMatch(name -> name.matches("centered_instance" + STAMP));
    }
    if (block.contains("client-track")) {
      String output = named("--output (\\S+)", block).findFirst().orElse("predictions.slp");
      assertThat(lab.desk().resolve(output)).hasContent("predictions");
    }
    assertThat(String.join("\n", commands.err()).contains("deprecated"))
        .as("says that 'client' is old")
        .isEqualTo(block.contains("sleap-rtc client "));
  }

  private static List<String> newModels() throws IOException {
    try (Stream<Path> models = Files.list(lab.desk().resolve("models"))) {
      return models
          .map(model -> model.getFileName().toString())
          .filter(name -> !name.endsWith("_251024_152308"))
          .toList();
    }
  }

  private static Stream<String> blocks() {
    return BASH.matcher(page).results().map(match -> match.group(1));
  }

  private static boolean startsWorker(String block) {
    return block.contains("sleap-rtc worker");
  }

  private static Stream<String> named(String regex, String block) {
    return Pattern.compile(regex).matcher(block).results().map(match -> match.group(1)).distinct();
  }

  private static String oneLine(String block) {
    return block.replaceAll("\\s+", " ").strip();
  }

  /**
   * The commands in "Usage Examples" and "Migration Guide" of sleap-rtc's design of client-track.
   */
  private static List<String> examplesOfSleapRtc() throws IOException {
    try (var in = UseDocIT.class.getResourceAsStream("sleap-rtc-usage.txt")) {
      return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().split("\n\n"));
    }
  }
}
