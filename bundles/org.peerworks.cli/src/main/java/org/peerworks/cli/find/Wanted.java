package org.peerworks.cli.find;

import java.util.List;
import java.util.Locale;

/**
 * What kind of file a command needs.
 *
 * @param what for people, for example {@code labels (.slp)}
 * @param endings that its name may have, in lower case
 */
public record Wanted(String what, List<String> endings) {

  public static final Wanted TRAINING =
      new Wanted("a training package (.zip) or labels (.slp)", List.of(".zip", ".slp"));

  public static final Wanted LABELS = new Wanted("labels (.slp)", List.of(".slp"));

  public Wanted {
    endings = List.copyOf(endings);
  }

  /** Whether a file of this name may be one. */
  public boolean fits(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return endings.stream().anyMatch(lower::endsWith);
  }
}
