package org.peerworks.cli.select;

import java.util.List;

/** What there is to choose, which may become more while a person looks at it. */
public interface Choices {

  /** What there is now; the same list as long as nothing has changed. */
  List<Row> rows();

  /** One line about them for people; may be empty. */
  String status();

  /** Waits until there is all there will be. */
  default void settle() throws InterruptedException {}

  /** What does not change. */
  static Choices of(List<Row> rows, String status) {
    return new Choices() {
      @Override
      public List<Row> rows() {
        return rows;
      }

      @Override
      public String status() {
        return status;
      }
    };
  }
}
