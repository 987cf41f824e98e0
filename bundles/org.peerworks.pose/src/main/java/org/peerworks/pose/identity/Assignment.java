package org.peerworks.pose.identity;

import java.util.Arrays;

/** Gives rows to columns, each at most once, by a table of similarities. */
final class Assignment {

  private Assignment() {}

  /**
   * The assignment with the largest sum (the Hungarian method with potentials, O(n³)).
   *
   * @param similarity from 0 to 1; NaN for a pair that must not be
   * @return column of each row, or -1
   */
  static int[] best(double[][] similarity, int columns) {
    int rows = similarity.length;
    // A square table: whoever gets a place that does not exist stays without.
    int size = rows + columns;
    double[] rowPotential = new double[size + 1];
    double[] columnPotential = new double[size + 1];
    int[] rowOf = new int[size + 1];
    int[] way = new int[size + 1];
    for (int row = 1; row <= size; row++) {
      rowOf[0] = row;
      int column = 0;
      double[] least = new double[size + 1];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      boolean[] used = new boolean[size + 1];
      do {
        used[column] = true;
        int current = rowOf[column];
        double delta = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int j = 1; j <= size; j++) {
          if (used[j]) {
            continue;
          }
          double reduced =
              cost(similarity, columns, current - 1, j - 1)
                  - rowPotential[current]
                  - columnPotential[j];
          if (reduced < least[j]) {
            least[j] = reduced;
            way[j] = column;
          }
          if (least[j] < delta) {
            delta = least[j];
            next = j;
          }
        }
        for (int j = 0; j <= size; j++) {
          if (used[j]) {
            rowPotential[rowOf[j]] += delta;
            columnPotential[j] -= delta;
          } else {
            least[j] -= delta;
          }
        }
        column = next;
      } while (rowOf[column] != 0);
      do {
        int before = way[column];
        rowOf[column] = rowOf[before];
        column = before;
      } while (column != 0);
    }
    int[] result = new int[rows];
    Arrays.fill(result, -1);
    for (int column = 1; column <= columns; column++) {
      int row = rowOf[column] - 1;
      if (row < rows && !Double.isNaN(similarity[row][column - 1])) {
        result[row] = column - 1;
      }
    }
    return result;
  }

  private static double cost(double[][] similarity, int columns, int row, int column) {
    if (row >= similarity.length || column >= columns) {
      return 0;
    }
    double value = similarity[row][column];
    return Double.isNaN(value) ? 1 : -value;
  }

  /** The most similar pair first; arguments and result as of {@link #best}. */
  static int[] greedy(double[][] similarity, int columns) {
    int[] result = new int[similarity.length];
    Arrays.fill(result, -1);
    boolean[] taken = new boolean[columns];
    while (true) {
      int bestRow = -1;
      int bestColumn = -1;
      for (int row = 0; row < similarity.length; row++) {
        for (int column = 0; column < columns && result[row] < 0; column++) {
          if (!taken[column]
              && !Double.isNaN(similarity[row][column])
              && (bestRow < 0 || similarity[row][column] > similarity[bestRow][bestColumn])) {
            bestRow = row;
            bestColumn = column;
          }
        }
      }
      if (bestRow < 0) {
        return result;
      }
      result[bestRow] = bestColumn;
      taken[bestColumn] = true;
    }
  }
}
