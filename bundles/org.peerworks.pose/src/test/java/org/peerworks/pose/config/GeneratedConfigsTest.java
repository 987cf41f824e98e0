package org.peerworks.pose.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.pose.UserError;

/** Configurations of scraps: each is understood, or refused with an error that names the file. */
class GeneratedConfigsTest {

  private static final List<String> SCRAPS =
      List.of(
          "data_config:\n",
          "model_config:\n",
          "trainer_config:\n",
          "  preprocessing:\n",
          "  head_configs:\n",
          "    single_instance:\n",
          "      confmaps:\n",
          "        sigma: 2\n",
          "  max_epochs: ",
          "  optimizer:\n",
          "    lr: ",
          "  backbone_config:\n",
          "    unet:\n",
          "      filters: ",
          "  scale: ",
          "  batch_size: ",
          "1",
          "-1",
          "1e400",
          ".nan",
          ".inf",
          "0x7f",
          "99999999999999999999",
          "null",
          "~",
          "true",
          "yes",
          "''",
          "\"\\u0000\"",
          "[",
          "]",
          "{",
          "}",
          ", ",
          ": ",
          "- ",
          "&a ",
          "*a ",
          "<<: ",
          "!!python/object:os.system ",
          "!!java.lang.Runtime ",
          "!!binary ",
          "!!set ",
          "? ",
          "|\n",
          ">-\n",
          "---\n",
          "...\n",
          "%YAML 1.1\n",
          "# @package _\n",
          "\t",
          "\n",
          "  ",
          "\u0007",
          "\u2028",
          "ü",
          "${oc.env:HOME}",
          "'",
          "\"",
          "@",
          "`");

  @TempDir Path directory;

  @Test
  void configurationsOfScrapsAreReadOrRefused() throws IOException {
    readScraps(1_000);
  }

  @Test
  @Tag("long")
  void tenThousandConfigurationsOfScrapsAreReadOrRefused() throws IOException {
    readScraps(10_000);
  }

  private void readScraps(int inputs) throws IOException {
    long seed = Long.getLong("fuzz.seed", 20_261_121);
    System.out.printf("%,d configurations of scraps, -Dfuzz.seed=%d%n", inputs, seed);
    Path file = directory.resolve("model.yaml");
    String sound;
    try (var in =
        GeneratedConfigsTest.class.getResourceAsStream(
            "/org/peerworks/pose/sample/single_instance.yaml")) {
      sound = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    int understood = 0;
    for (int i = 0; i < inputs; i++) {
      Random random = new Random(seed * 1_000_003 + i);
      Files.writeString(file, random.nextInt(3) == 0 ? scraps(random) : spoiled(sound, random));
      understood += read(file, i) ? 1 : 0;
    }
    assertThat(understood).isBetween(inputs / 50, inputs * 49 / 50);
  }

  private static String scraps(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i >= 0; i--) {
      text.append(SCRAPS.get(random.nextInt(SCRAPS.size())));
    }
    return text.toString();
  }

  /** A sound one with some values replaced, lines cut out or moved to other sections. */
  private static String spoiled(String sound, Random random) {
    StringBuilder text = new StringBuilder();
    for (String line : sound.split("\n")) {
      int colon = line.indexOf(": ");
      switch (random.nextInt(600)) {
        case 0 -> text.append(line, 0, Math.max(0, colon)).append(": ").append(scraps(random));
        case 1 -> text.append("  ").append(line);
        case 2 -> text.append(line.strip());
        case 3 -> text.append("");
        case 4 -> text.append(line).append(SCRAPS.get(random.nextInt(SCRAPS.size())));
        case 5, 6 ->
            text.append(line, 0, Math.max(0, colon))
                .append(": ")
                .append(SCRAPS.get(random.nextInt(16, 31)));
        default -> text.append(line);
      }
      text.append('\n');
    }
    return text.toString();
  }

  @Test
  void deepAndRepeatedNestingIsRefusedOrRead() throws IOException {
    Path file = directory.resolve("model.yaml");
    StringBuilder laughs = new StringBuilder("a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
    for (char c = 'b'; c <= 'z'; c++) {
      String last = "*" + (char) (c - 1);
      laughs.append(c).append(": &").append(c).append(" [");
      laughs.append(String.join(", ", List.of(last, last, last, last, last, last))).append("]\n");
    }
    List<String> texts =
        List.of(
            "[".repeat(100_000),
            "a: " + "{b: ".repeat(100_000),
            "- ".repeat(200_000),
            "a: [".repeat(50_000),
            "? ".repeat(100_000),
            "a: &a\n  b: *a\n",
            laughs.toString(),
            "a: \"" + "\\x41".repeat(200_000) + "\"",
            " ".repeat(500_000),
            "a: |\n" + "\n".repeat(500_000));
    for (String text : texts) {
      Files.writeString(file, text);
      read(file, -1);
    }
  }

  private static boolean read(Path file, int number) throws IOException {
    try {
      TrainingConfig.of(ConfigFile.read(file));
      return true;
    } catch (UserError e) {
      assertThat(e.getMessage()).as("input " + number).isNotBlank().doesNotContain("Exception");
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(
          "Input " + number + " of the seed:\n" + Files.readString(file, StandardCharsets.UTF_8),
          e);
    }
  }
}
