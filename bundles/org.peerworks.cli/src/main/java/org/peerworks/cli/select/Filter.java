package org.peerworks.cli.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a person has typed to see fewer rows: words that must all fit, without regard to case. A
 * word fits where path or mount contain it, or where its letters appear in this order in the name.
 */
final class Filter {

  private final List<String> words = new ArrayList<>();

  Filter(String text) {
    for (String word : text.toLowerCase(Locale.ROOT).split("\\s+")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
  }

  /** The rows that fit, those with all words as typed first, else in their order. */
  List<Row> of(List<Row> rows) {
    List<Row> exact = new ArrayList<>();
    List<Row> loose = new ArrayList<>();
    for (Row row : rows) {
      String text = (row.shownPath() + '\n' + row.mount()).toLowerCase(Locale.ROOT);
      String name = row.name().toLowerCase(Locale.ROOT);
      if (words.stream().allMatch(text::contains)) {
        exact.add(row);
      } else if (words.stream().allMatch(word -> text.contains(word) || inOrder(word, name))) {
        loose.add(row);
      }
    }
    exact.addAll(loose);
    return exact;
  }

  private static boolean inOrder(String letters, String name) {
    int from = 0;
    for (int i = 0; i < letters.length(); i++) {
      from = name.indexOf(letters.charAt(i), from) + 1;
      if (from == 0) {
        return false;
      }
    }
    return true;
  }
}
