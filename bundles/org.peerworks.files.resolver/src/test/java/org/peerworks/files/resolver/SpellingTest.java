package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "labels.slp, labels.slp, 0",
    "labels.slp, lables.slp, 1",
    "labels.slp, label.slp, 1",
    "labels.slp, labelss.slp, 1",
    "labels.slp, lapels.slp, 1",
    "labels.slp, lsbelz.slp, 2",
    "labels.slp, qqqels.slp, -1",
    "fly, flz, 1",
    "fly, flzz, -1",
    "a, b, 1"
  })
  void slipsAreCounted(String wanted, String name, int distance) {
    assertThat(new Spelling(wanted).distance(name)).isEqualTo(distance);
  }

  @Test
  void generatedNamesHaveTheDistanceOfThePlainDefinition() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      String wanted = text(random, 3 + random.nextInt(12));
      StringBuilder name = new StringBuilder(wanted);
      for (int slips = random.nextInt(4); slips > 0; slips--) {
        int at = random.nextInt(name.length());
        switch (random.nextInt(3)) {
          case 0 -> name.setCharAt(at, (char) ('a' + random.nextInt(3)));
          case 1 -> name.insert(at, (char) ('a' + random.nextInt(3)));
          default -> name.append('c');
        }
      }
      int plain = plain(wanted, name.toString());
      int most = Math.max(1, Math.min(3, wanted.length() / 4));
      assertThat(new Spelling(wanted).distance(name.toString()))
          .as("'%s' and '%s'", wanted, name)
          .isEqualTo(plain <= most ? plain : -1);
    }
  }

  private static String text(Random random, int length) {
    return random
        .ints(length, 'a', 'd')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Optimal string alignment, as it is defined. */
  private static int plain(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
