package org.peerworks.pose.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  private static double sum(double[][] table, int[] chosen) {
    double sum = 0;
    for (int i = 0; i < chosen.length; i++) {
      sum += chosen[i] < 0 ? 0 : table[i][chosen[i]];
    }
    return sum;
  }

  /** The largest sum, by trying all. */
  private static double largest(double[][] table, int columns, int row, int taken) {
    if (row == table.length) {
      return 0;
    }
    double best = largest(table, columns, row + 1, taken);
    for (int j = 0; j < columns; j++) {
      if ((taken >> j & 1) == 0 && !Double.isNaN(table[row][j])) {
        best = Math.max(best, table[row][j] + largest(table, columns, row + 1, taken | 1 << j));
      }
    }
    return best;
  }

  @Test
  void theSumIsTheLargestThereIs() {
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      int rows = random.nextInt(6);
      int columns = random.nextInt(6);
      double[][] table = new double[rows][columns];
      for (double[] row : table) {
        for (int j = 0; j < columns; j++) {
          row[j] = random.nextInt(4) == 0 ? Double.NaN : random.nextDouble();
        }
      }
      int[] chosen = Assignment.best(table, columns);
      assertThat(chosen).hasSize(rows);
      assertThat(java.util.Arrays.stream(chosen).filter(c -> c >= 0)).doesNotHaveDuplicates();
      assertThat(sum(table, chosen)).isCloseTo(largest(table, columns, 0, 0), within(1e-9));
    }
  }

  @Test
  void greedyTakesTheMostSimilarPairFirst() {
    double[][] table = {{0.9, 0.8}, {0.85, 0.1}};
    assertThat(Assignment.greedy(table, 2)).containsExactly(0, 1);
    assertThat(Assignment.best(table, 2)).containsExactly(1, 0);
  }

  @Test
  void whatMustNotBeIsNot() {
    double[][] table = {{Double.NaN, 0.5}, {Double.NaN, 0.6}};
    assertThat(Assignment.best(table, 2)).containsExactly(-1, 1);
    assertThat(Assignment.greedy(table, 2)).containsExactly(-1, 1);
  }
}
