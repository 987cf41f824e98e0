package org.peerworks.itests.interop;

import java.util.ArrayList;
import java.util.List;

/**
 * One cell of the matrix.
 *
 * @param ourServer whether the signalling server is ours, else a stand-in of the old one
 */
record Cell(boolean ourServer, Side worker, Side client, Deed deed) {

  /**
   * All cells; stand-ins are not crossed with each other, and the second generation has no cancel.
   */
  static List<Cell> all() {
    List<Cell> cells = new ArrayList<>();
    for (boolean ourServer : new boolean[] {true, false}) {
      for (Side worker : Side.values()) {
        for (Side client : Side.values()) {
          for (Deed deed : Deed.values()) {
            Cell cell = new Cell(ourServer, worker, client, deed);
            if (cell.hasOneOfOurs() && cell.isPossible()) {
              cells.add(cell);
            }
          }
        }
      }
    }
    return cells;
  }

  private boolean hasOneOfOurs() {
    return worker == Side.OURS || client == Side.OURS;
  }

  boolean isPossible() {
    return deed != Deed.CANCEL || (worker != Side.G2 && client != Side.G2);
  }

  /** The row of the table that it stands in. */
  String row() {
    return "%-8s %-7s %-7s".formatted(ourServer ? "ours" : "Python", name(worker), name(client));
  }

  private static String name(Side side) {
    return side == Side.OURS ? "ours" : side.toString();
  }

  @Override
  public String toString() {
    return "server %s, worker %s, client %s: %s"
        .formatted(ourServer ? "ours" : "Python", name(worker), name(client), deed);
  }
}
