package org.peerworks.cli.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.cli.select.Key.Kind;

final class KeyReaderTest {

  /** All keys of some input; a {@code |} is a pause. */
  private static List<Key> keys(String input) throws IOException {
    int[] position = {0};
    KeyReader reader =
        new KeyReader(
            millis -> {
              if (position[0] == input.length()) {
                return KeyReader.NOTHING;
              }
              char c = input.charAt(position[0]++);
              return c == '|' ? KeyReader.NOTHING : c;
            });
    List<Key> keys = new ArrayList<>();
    while (position[0] < input.length()) {
      keys.add(reader.read(1));
    }
    return keys;
  }

  @ParameterizedTest
  @CsvSource({
    "[A, UP",
    "[B, DOWN",
    "[C, RIGHT",
    "[D, LEFT",
    "OA, UP",
    "OB, DOWN",
    "[1;5A, UP",
    "[H, HOME",
    "[F, END",
    "OH, HOME",
    "[1~, HOME",
    "[4~, END",
    "[7~, HOME",
    "[8~, END",
    "[5~, PAGE_UP",
    "[6~, PAGE_DOWN",
    "[6;2~, PAGE_DOWN",
    "[3~, OTHER",
    "[200~, OTHER",
    "[<35;1;1M, ENTER",
    "OM, ENTER",
    "x, OTHER",
    "[1;5, OTHER"
  })
  void sequencesOfTerminalsAreUnderstood(String sequence, Kind kind) throws IOException {
    assertThat(keys("\u001b" + sequence)).containsExactly(Key.of(kind));
  }

  @Test
  void escapeOnItsOwnIsAKey() throws IOException {
    assertThat(keys("\u001b|a")).containsExactly(Key.of(Kind.ESCAPE), new Key(Kind.TEXT, "a"));
  }

  @Test
  void lettersAreText() throws IOException {
    assertThat(keys("aé 😀")).extracting(Key::text).containsExactly("a", "é", " ", "😀");
    assertThat(keys("\r\n\t\u007f\b\u0015\u0003\u0007\u0001"))
        .extracting(Key::kind)
        .containsExactly(
            Kind.ENTER,
            Kind.ENTER,
            Kind.TAB,
            Kind.ERASE,
            Kind.ERASE,
            Kind.ERASE_ALL,
            Kind.CANCEL,
            Kind.CANCEL,
            Kind.OTHER);
  }

  @Test
  void halfAnEmojiMeansNothing() throws IOException {
    assertThat(keys("\ud83d|\ude00")).extracting(Key::kind).containsOnly(Kind.OTHER);
  }

  @Test
  void whatIsGeneratedNeverHangs() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder input = new StringBuilder();
      for (int j = 0; j < 40; j++) {
        input.append(random.nextInt(4) == 0 ? '\u001b' : (char) random.nextInt(0x250));
      }
      assertThat(keys(input.toString())).isNotEmpty();
    }
  }
}
