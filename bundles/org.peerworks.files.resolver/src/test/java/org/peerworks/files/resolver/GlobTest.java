package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "fly*.slp, fly.slp, true",
    "fly*.slp, fly_01.slp, true",
    "fly*.slp, butterfly.slp, false",
    "*fly*, butterfly.slp, true",
    "fly?.slp, fly1.slp, true",
    "fly?.slp, fly.slp, false",
    "fly[12].slp, fly2.slp, true",
    "fly[12].slp, fly3.slp, false",
    "fly[!12].slp, fly3.slp, true",
    "fly[0-9].slp, fly7.slp, true",
    "fly[a-].slp, fly-.slp, true",
    "fly[]].slp, fly].slp, true",
    "fly[.slp, fly[.slp, true",
    "a*a*a, aa, false",
    "a*a*a, aaa, true",
    "a**b, ab, true",
    "*.slp, .slp, true",
    "abc*, abc, true",
    "*abc*abc*, xabcabcx, true",
    "*abc*abc*, xabcbcx, false",
    "ab*ba, aba, false"
  })
  void wildcardsFitAsInFnmatch(String pattern, String name, boolean fits) {
    assertThat(new Glob(pattern).matches(name)).isEqualTo(fits);
  }

  @Test
  void generatedPatternsFitWhatJavasOwnFits() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String pattern = text(random, "ab*?", 8);
      String name = text(random, "ab", 8);
      PathMatcher java = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      assertThat(new Glob(pattern).matches(name))
          .as("'%s' on '%s'", pattern, name)
          .isEqualTo(java.matches(Path.of(name)));
    }
  }

  private static String text(Random random, String letters, int longest) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(longest);
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  @Test
  void thousandsOfStarsTakeNoTime() {
    String name = "a".repeat(255);
    // Backtracking would take longer than the age of the universe for each of these.
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int i = 0; i < 1000; i++) {
            assertThat(new Glob("a*".repeat(2000) + "b").matches(name)).isFalse();
            assertThat(new Glob("a*".repeat(120) + "b").matches(name)).isFalse();
            assertThat(new Glob("*aab".repeat(60) + "*").matches(name)).isFalse();
          }
        });
  }

  @Test
  void onlyCharactersThatStandForThemselvesCount() {
    assertThat(new Glob("*?[abc]*").plain()).isZero();
    assertThat(new Glob("*a?b[xyz]c*").plain()).isEqualTo(3);
  }
}
