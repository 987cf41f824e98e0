package org.peerworks.lib.sleap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.StepExit;

class ErrorLinesTest {

  private final ErrorLines errors = new ErrorLines();

  @Test
  void findsTheBuiltInTrainersError() {
    read("Epoch 1/2: train_loss=1", "ERROR: No visible points in 'labels.slp'.", "");

    assertThat(errors.error()).isEqualTo("ERROR: No visible points in 'labels.slp'.");
  }

  @Test
  void findsTheEndOfATraceback() {
    read(
        "Traceback (most recent call last):",
        "  File \"a.py\", line 3, in <module>",
        "    raise KeyError('x')",
        "KeyError: 'x'",
        "",
        "During handling of the above exception, another exception occurred:",
        "",
        "Traceback (most recent call last):",
        "  File \"b.py\", line 3, in <module>",
        "omegaconf.errors.Strange: no such key",
        "Epoch 0: done");

    assertThat(errors.error()).isEqualTo("omegaconf.errors.Strange: no such key");
    assertThat(errors.lastLine()).isEqualTo("Epoch 0: done");
  }

  @Test
  void findsTheEndOfARichTraceback() {
    read(
        "╭─────────── Traceback (most recent call last) ───────────╮",
        "│ /x/train.py:12 in main                                   │",
        "│ ❱ 12     raise ValueError('ValueError: inner')           │",
        "╰──────────────────────────────────────────────────────────╯",
        "ValueError: labels have no user instances");

    assertThat(errors.error()).isEqualTo("ValueError: labels have no user instances");
  }

  @Test
  void findsTheTextInAnErrorBox() {
    read("Usage: sleap-nn track [OPTIONS]", "╭─ Error ──╮", "│ No such option: --x   │", "╰───╯");

    assertThat(errors.error()).isEqualTo("Error: No such option: --x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '§',
      value = {
        "Error: Invalid value for '-b' ; Error: Invalid value for '-b'",
        "ERROR:sleap_nn.train:No labels ; ERROR: No labels",
        "[2026-01-02 10:00:00,000][HYDRA][ERROR] - Bad key ; ERROR: Bad key",
        "2026-01-02 10:00:00.123 | ERROR    | sleap_nn.train:run:40 - No labels ; ERROR: No labels",
        "torch.cuda.OutOfMemoryError: CUDA. ; torch.cuda.OutOfMemoryError: CUDA.",
        "hydra.errors.MissingConfigException: x ; hydra.errors.MissingConfigException: x",
      })
  void findsErrorsOfMany(String line, String error) {
    read(line, "some more");

    assertThat(errors.error()).isEqualTo(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UserWarning: slow",
        "  ValueError: indented",
        "Epoch 0:  10%|#",
        "INFO: fine",
        "Mean error: 3.2 px",
        "2026-01-02 10:00:00.123 | INFO     | a:b:1 - ERROR: no",
      })
  void otherLinesAreNoErrors(String line) {
    read(line);

    assertThat(errors.error()).isEmpty();
  }

  @Test
  void longLinesAreCut() {
    read("ERROR: " + "x".repeat(5000));

    assertThat(errors.error()).hasSize(401).endsWith("…");
  }

  @Test
  void aReasonHasTheErrorLineAndTheExit() {
    StepOutcome outcome = new StepOutcome(new StepExit(2), 1, "ERROR: No labels.", "x");

    assertThat(outcome.failure("Training of 'centroid'"))
        .isEqualTo("Training of 'centroid' failed: ERROR: No labels (exit status 2).");
  }

  @Test
  void aSilentEndHasTheExitAndTheLastLine() {
    assertThat(new StepOutcome(new StepExit(137), 1, "", "Epoch 3/5: x").failure("Tracking"))
        .isEqualTo(
            "Tracking failed without an error message (signal 9). Its last line was: Epoch 3/5: x");
    assertThat(new StepOutcome(new StepExit(1), 1, "", "").failure("Tracking"))
        .isEqualTo("Tracking failed without an error message (exit status 1).");
  }

  @Test
  void terminalSequencesAreNoPartOfALine() {
    String line = "\u001b[31mERROR: \u001b[1;4mred\u001b[0m\b \u001b]0;title\u0007";

    assertThat(TerminalText.plain(line)).isEqualTo("ERROR: red");
  }

  private void read(String... lines) {
    for (String line : lines) {
      errors.accept(line);
    }
  }
}
