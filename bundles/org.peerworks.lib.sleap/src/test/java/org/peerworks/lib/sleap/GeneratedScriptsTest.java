package org.peerworks.lib.sleap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.testkit.Footprint;

/** Scripts of scraps: each is understood as commands without any power, or refused with a line. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GeneratedScriptsTest {

  private static final int INPUTS = 10_000;

  private static final List<String> SCRAPS =
      List.of(
          "sleap-nn train ",
          "sleap-nn track ",
          "sleap-nn-train ",
          "sleap-train ",
          "set -e\n",
          "set -euo pipefail\n",
          "#!/bin/bash\n",
          "# note\n",
          "--config-name ",
          "a.yaml ",
          "-o ",
          "x=1 ",
          "A=b",
          "'",
          "\"",
          "\\",
          "\\\n",
          "\n",
          "\r\n",
          "\r",
          " ",
          "\t",
          "$",
          "$(id)",
          "`id`",
          "${HOME}",
          "~",
          "~/x",
          "*",
          "?",
          "[a]",
          "{a,b}",
          "|",
          "&",
          "&&",
          ";",
          "<",
          ">",
          ">>",
          "(",
          ")",
          "!",
          "../../etc/passwd",
          "/etc/passwd",
          "\u0000",
          "\u0007",
          "\u001b[2J",
          "\u202e",
          "\u0085",
          "\u2028",
          "ü",
          "\ud83d\ude00",
          "\ud800",
          "\ufeff",
          "'a b'",
          "\"a b\"",
          "a\\ b",
          "--x='y z'",
          "trainer_config.max_epochs=2 ",
          "++a.b=[1,2]",
          "eval ",
          "exec ",
          "sleap-nn ",
          "if ",
          "fi\n");

  @TempDir Path directory;

  @Test
  void scriptsOfScrapsAreReadAsDataOrRefused() {
    long seed = seed(INPUTS, "scripts of scraps");
    Footprint before = Footprint.now();
    int understood = 0;
    for (int i = 0; i < INPUTS; i++) {
      Random random = new Random(seed * 1_000_003 + i);
      StringBuilder script = new StringBuilder(random.nextInt(3) > 0 ? "sleap-nn train " : "");
      boolean tame = random.nextInt(3) == 0;
      for (int scraps = random.nextInt(random.nextInt(50) == 0 ? 2_000 : 12);
          scraps > 0;
          scraps--) {
        script.append(SCRAPS.get(random.nextInt(tame ? 12 : SCRAPS.size())));
      }
      understood += parse(script.toString(), i) ? 1 : 0;
    }
    assertThat(understood).isBetween(INPUTS / 20, INPUTS * 19 / 20);
    before.assertKept(16 << 20, 0);
  }

  @Test
  void filesOfAnyBytesAreReadOrRefused() throws IOException {
    long seed = seed(INPUTS / 10, "scripts of any bytes");
    Path file = directory.resolve("train-script.sh");
    for (int i = 0; i < INPUTS / 10; i++) {
      Random random = new Random(seed * 1_000_003 + i);
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      byte[] begin = "sleap-nn train a ".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(begin, 0, bytes, 0, Math.min(begin.length, bytes.length));
      Files.write(file, bytes);
      try {
        check(Script.read(file), i);
      } catch (PackageException e) {
        checkMessage(e, i);
      }
    }
  }

  @Test
  void longScriptsAreReadOrRefused() {
    for (String scrap : SCRAPS) {
      parse(scrap.repeat(Script.MOST_BYTES / scrap.length()), -1);
      parse("sleap-nn train " + scrap.repeat(Script.MOST_BYTES / scrap.length()), -1);
      parse(("sleap-nn train a" + scrap + "\n").repeat(5_000), -1);
    }
  }

  private static long seed(int inputs, String what) {
    long seed = Long.getLong("fuzz.seed", 20_261_121);
    System.out.printf("%,d %s, -Dfuzz.seed=%d%n", inputs, what, seed);
    return seed;
  }

  private static boolean parse(String text, int number) {
    try {
      check(Script.parse("train-script.sh", text), number);
      return true;
    } catch (PackageException e) {
      checkMessage(e, number);
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("Input " + number + " of the seed", e);
    }
  }

  private static void check(List<ScriptCommand> commands, int number) {
    assertThat(commands).as("input " + number).hasSizeLessThanOrEqualTo(Script.MOST_COMMANDS);
    for (ScriptCommand command : commands) {
      assertThat(command.verb()).isIn("train", "track");
      for (String argument : command.arguments()) {
        assertThat(argument.chars().noneMatch(c -> Character.isISOControl(c) && c != '\t'))
            .as("input " + number)
            .isTrue();
      }
    }
  }

  private static void checkMessage(PackageException e, int number) {
    assertThat(e.getMessage()).as("input " + number).hasSizeLessThan(1_000);
    assertThat(e.getMessage().chars().noneMatch(Character::isISOControl))
        .as("input " + number)
        .isTrue();
  }
}
