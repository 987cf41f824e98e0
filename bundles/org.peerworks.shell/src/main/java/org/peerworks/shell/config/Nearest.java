package org.peerworks.shell.config;

import java.util.Collection;
import java.util.Comparator;
import org.peerworks.shell.steer.Likeness;

/** Names what somebody may have meant. */
final class Nearest {

  private Nearest() {}

  static String sentence(String problem, String word, Collection<String> names) {
    return names.stream()
        .filter(name -> Likeness.distance(word, name) <= Math.max(2, word.length() / 3))
        .min(Comparator.comparingInt(name -> Likeness.distance(word, name)))
        .map(name -> problem + "; did you mean '" + name + "'?")
        .orElse(problem + "; there are " + String.join(", ", names) + ".");
  }
}
