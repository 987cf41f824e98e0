package org.peerworks.lib.sleap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

  @Test
  void readsTheTrackingScriptThatSleapRtcGenerates() throws Exception {
    String script =
        """
        #!/bin/bash
        # Auto-generated inference script for sleap-nn track

        sleap-nn track \\
          --data_path labels.v929.slp \\
          --only_suggested_frames \\
          --model_paths models/centroid_251024_152308 \\
          --model_paths models/centered_instance_251024_152308 \\
          -o predictions.slp
        """;

    List<ScriptCommand> commands = Script.parse("track-script.sh", script);

    assertThat(commands)
        .containsExactly(
            new ScriptCommand(
                4,
                "track",
                List.of(
                    "--data_path",
                    "labels.v929.slp",
                    "--only_suggested_frames",
                    "--model_paths",
                    "models/centroid_251024_152308",
                    "--model_paths",
                    "models/centered_instance_251024_152308",
                    "-o",
                    "predictions.slp")));
  }

  @Test
  void readsTheTrainingScriptThatSleapWrites() throws Exception {
    String script =
        "#!/bin/bash\n"
            + "sleap-nn-train --config-name centroid.yaml --config-dir ."
            + " trainer_config.ckpt_dir=/home/me/models trainer_config.run_name=251024.centroid.n=9 \n"
            + "sleap-nn train --config-name centered_instance.yaml --config-dir . \n"
            + "sleap-train --config-name single_instance.yaml";

    List<ScriptCommand> commands = Script.parse("train-script.sh", script);

    assertThat(commands).extracting(ScriptCommand::verb).containsOnly("train");
    assertThat(commands).extracting(ScriptCommand::line).containsExactly(2, 3, 4);
    assertThat(commands.get(0).arguments())
        .containsExactly(
            "--config-name",
            "centroid.yaml",
            "--config-dir",
            ".",
            "trainer_config.ckpt_dir=/home/me/models",
            "trainer_config.run_name=251024.centroid.n=9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "'a b' c | a b,c",
        "\"a b\"\\ c | a b c",
        "a\\'b | a'b",
        "'it'\\''s' | it's",
        "\"a\\\"b\\\\c\\d\" | a\"b\\c\\d",
        "'$HOME `x` *' | $HOME `x` *",
        "\"\\$HOME \\`x\\`\" | $HOME `x`",
        "a#b #comment ' | a#b",
        "x=[a.slp,b.slp] | x=[a.slp,b.slp]",
        "x='~' a~b | x=~,a~b",
        "'' a | ,a",
        "\\; ';' | ;,;",
      })
  void splitsWordsAsAShell(String line, String words) throws Exception {
    assertThat(String.join(",", Script.parse("s", "sleap-nn train " + line).get(0).arguments()))
        .isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$HOME",
        "a$b",
        "\"$(id)\"",
        "`id`",
        "\"`id`\"",
        "a;b",
        "; id",
        "| id",
        "&& id",
        "&",
        "> /etc/passwd",
        "< x",
        "2>&1",
        "(a)",
        "*.slp",
        "model?",
        "{a,b}",
        "models/[ab]",
        "~/x",
        "x=~/y",
        "a:~b",
        "'open",
        "\"open",
        "'two\nlines'",
        "\u0000",
        "\u001b[0m",
        "'\u0007'",
        "\\\u0001",
        "end\\",
      })
  void refusesWhatAShellWouldDoMoreWith(String rest) {
    assertThatThrownBy(() -> Script.parse("train-script.sh", "\nsleap-nn train " + rest))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("Line 2 of 'train-script.sh'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm -rf models",
        "/usr/bin/sleap-nn train",
        "python -m sleap_nn.cli train",
        "A=1 sleap-nn train",
        "A=1",
        "A+=x",
        "sleap-nn",
        "sleap-nn export x",
        "sleap-nn predict",
        "sleap-track a",
        "set",
        "set x",
        "cd models",
        "export A",
        "echo hello",
        "\"A=1\"",
        "exec sleap-nn train",
        "set -o vi",
        "eval sleap-nn train",
        "! sleap-nn train",
      })
  void refusesOtherProgramsByName(String line) {
    assertThatThrownBy(() -> Script.parse("train-script.sh", "set -e\n" + line))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("Line 2 of 'train-script.sh'")
        .hasMessageContaining("only 'sleap-nn train' and 'sleap-nn track' are allowed");
  }

  @Test
  void namesTheLineAndItsText() {
    assertThatThrownBy(() -> Script.parse("train-script.sh", "#!/bin/sh\n\nrm -rf ~\n"))
        .hasMessage(
            "Line 3 of 'train-script.sh' uses '~'; paths are relative to the package: 'rm -rf ~'");
    assertThatThrownBy(() -> Script.parse("train-script.sh", "curl example.org"))
        .hasMessage(
            "Line 1 of 'train-script.sh' runs 'curl'; only 'sleap-nn train' and 'sleap-nn track'"
                + " are allowed: 'curl example.org'");
  }

  @Test
  void windowsLineEndsAndSafeShellOptionsAreFine() throws Exception {
    String script =
        "#!/bin/bash\r\nset -e\r\nset -euo pipefail\r\nsleap-nn train \\\r\n -c a.yaml\r\n";

    assertThat(Script.parse("s", script))
        .containsExactly(new ScriptCommand(4, "train", List.of("-c", "a.yaml")));
  }

  @Test
  void aCommentDoesNotContinue() throws Exception {
    assertThat(Script.parse("s", "# sleap-nn train -c a.yaml \\\nsleap-nn train -c b.yaml"))
        .containsExactly(new ScriptCommand(2, "train", List.of("-c", "b.yaml")));
  }

  @Test
  void aContinuedWordIsOneWord() throws Exception {
    assertThat(Script.parse("s", "sleap-\\\nnn tr\\\nain a\"b\\\nc\"").get(0))
        .isEqualTo(new ScriptCommand(1, "train", List.of("abc")));
  }

  @Test
  void anEmptyScriptHasNoCommands() throws Exception {
    assertThat(Script.parse("s", "#!/bin/sh\n\n  \n# nothing")).isEmpty();
  }

  @Test
  void tooManyCommandsOrWordsAreRefused() {
    assertThatThrownBy(() -> Script.parse("s", "sleap-nn train\n".repeat(101)))
        .hasMessageContaining("Line 101");
    assertThatThrownBy(() -> Script.parse("s", "sleap-nn train" + " a".repeat(1000)))
        .hasMessageContaining("more than 1000 words");
  }

  @Test
  void aFileMustBeShortUtf8Text(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("train-script.sh");
    Files.write(file, new byte[] {'a', (byte) 0xff});
    assertThatThrownBy(() -> Script.read(file)).hasMessage("'train-script.sh' is not UTF-8 text.");

    Files.write(file, new byte[Script.MOST_BYTES + 1]);
    assertThatThrownBy(() -> Script.read(file)).hasMessageContaining("longer than 256 KiB");

    Files.writeString(file, "\uFEFFsleap-nn train -c ä.yaml", StandardCharsets.UTF_8);
    assertThat(Script.read(file).get(0).arguments()).containsExactly("-c", "ä.yaml");
  }
}
