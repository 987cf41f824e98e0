package org.peerworks.cli.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.peerworks.cli.select.Key.Kind;
import org.peerworks.cli.terminal.Console;

/** Choosing, as a person at a terminal does. */
final class SelectorTest {

  private final ScriptedScreen screen = new ScriptedScreen();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Optional<String> choose(Choices choices, boolean arrows, String answers)
      throws Exception {
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    Console console =
        Console.on(
            print,
            print,
            new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
            false,
            arrows,
            true,
            80);
    return new Selector(console, () -> arrows ? Optional.of(screen) : Optional.empty())
        .choose("Which file is it?", choices)
        .map(Row::path);
  }

  private Optional<String> choose(String... paths) throws Exception {
    return choose(Choices.of(Rows.named(paths), ""), true, "");
  }

  @Test
  void arrowsAndEnterTakeAFile() throws Exception {
    screen.press(Kind.DOWN, Kind.DOWN, Kind.UP, Kind.ENTER);
    assertThat(choose("/v/a.slp", "/v/b.slp", "/v/c.slp")).contains("/v/b.slp");
    assertThat(screen.closed).isTrue();
    assertThat(screen.pictures.get(0))
        .isEqualTo(
            """
            Which file is it?
              Filter:\s
            > a.slp  1.0 MB  2026-11-03 14:05  lab  /v
              b.slp  1.0 MB  2026-11-03 14:05  lab  /v
              c.slp  1.0 MB  2026-11-03 14:05  lab  /v
              = /v/a.slp
              1 of 3
              ↑↓ choose   Enter take   type to filter   Esc cancel""");
    assertThat(screen.last()).contains("> b.slp").contains("2 of 3").contains("= /v/b.slp");
  }

  @Test
  void theOnlyFileHasToBeTakenToo() throws Exception {
    assertThat(choose("/v/a.slp")).as("nothing but Ctrl-C is pressed").isEmpty();
    assertThat(screen.last()).contains("1 of 1");
  }

  @Test
  void typingLeavesFewerFilesAndEnterOnNoneDoesNothing() throws Exception {
    screen.type("qq").press(Kind.ENTER, Kind.ERASE, Kind.ERASE).type("b.").press(Kind.ENTER);
    assertThat(choose("/v/a.slp", "/v/b.slp")).contains("/v/b.slp");
    assertThat(screen.pictures).anyMatch(picture -> picture.contains("Nothing fits"));
    assertThat(screen.last()).contains("Filter: b.").contains("1 of 1 (2 in all)");
  }

  @Test
  void escapeTakesTheFilterBackThenCancels() throws Exception {
    screen.type("b").press(Kind.ESCAPE, Kind.ESCAPE, Kind.ENTER);
    assertThat(choose("/v/a.slp", "/v/b.slp")).isEmpty();
    assertThat(screen.last()).contains("a.slp");
    assertThat(screen.keys).as("Enter was not read").hasSize(1);
  }

  @Test
  void controlCCancels() throws Exception {
    screen.press(Kind.DOWN, Kind.CANCEL);
    assertThat(choose("/v/a.slp", "/v/b.slp")).isEmpty();
    assertThat(screen.closed).isTrue();
  }

  @Test
  void anInterruptGivesTheTerminalBack() {
    screen.before.add(() -> Thread.currentThread().interrupt());
    assertThatThrownBy(() -> choose("/v/a.slp")).isInstanceOf(InterruptedException.class);
    assertThat(screen.closed).isTrue();
  }

  @Test
  void whatIsFoundMeanwhileIsShown() throws Exception {
    AtomicReference<List<Row>> rows = new AtomicReference<>(Rows.named("/v/b.slp"));
    screen.before.add(() -> rows.set(Rows.named("/v/a.slp", "/v/b.slp")));
    screen.press(Kind.ENTER);
    Choices growing =
        new Choices() {
          @Override
          public List<Row> rows() {
            return rows.get();
          }

          @Override
          public String status() {
            return rows.get().size() == 1 ? "still looking ..." : "";
          }
        };
    assertThat(choose(growing, true, "")).as("the cursor stays").contains("/v/b.slp");
    assertThat(screen.pictures.get(0)).contains("1 of 1 · still looking ...");
    assertThat(screen.last()).contains("2 of 2");
  }

  @Test
  void everySizeOfATerminalWillDo() throws Exception {
    for (int width : new int[] {12, 20, 40, 200}) {
      for (int height : new int[] {4, 8, 13, 60}) {
        screen.width = width;
        screen.height = height;
        screen.press(Kind.END, Kind.ENTER);
        assertThat(choose(Choices.of(Rows.many(25), "more files match"), true, ""))
            .contains("/vast/f24.slp");
      }
    }
  }

  @Test
  void aNewSizeIsDrawnAtOnce() throws Exception {
    screen.before.add(() -> screen.height = 10);
    screen.press(Kind.END, Kind.ENTER);
    assertThat(choose(Choices.of(Rows.many(25), ""), true, "")).contains("/vast/f24.slp");
    assertThat(screen.pictures.get(0).lines().count()).isGreaterThan(15);
    assertThat(screen.pictures.get(1).lines().count()).isLessThan(10);
  }

  @Test
  void withoutCursorKeysFilesHaveNumbers() throws Exception {
    Choices two = Choices.of(Rows.named("/v/a.slp", "/w/a.slp"), "more files match");
    assertThat(choose(two, false, "3\nx\n2\n")).contains("/w/a.slp");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("  1  a.slp  1.0 MB  2026-11-03 14:05  lab    /v/a.slp")
        .contains("more files match")
        .contains("Which one? [1-2, or Enter for none]")
        .contains("'3' is none of the numbers.", "'x' is none of the numbers.");
  }

  @Test
  void withoutAnAnswerNothingIsTaken() throws Exception {
    Choices one = Choices.of(Rows.named("/v/a.slp"), "");
    assertThat(choose(one, false, "\n")).isEmpty();
    assertThat(choose(one, false, "")).isEmpty();
    assertThat(choose(one, false, "2\n0\n-1\n1\n")).as("after three attempts").isEmpty();
  }
}
