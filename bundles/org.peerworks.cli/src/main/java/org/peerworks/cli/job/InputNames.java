package org.peerworks.cli.job;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of local files as a worker takes them: plain, and each once. */
public final class InputNames {

  private static final int LONGEST = 200;

  private final Set<String> taken = new HashSet<>();

  /** The file's own name, with {@code _} for what a worker would refuse, and a number if taken. */
  public String take(Path file) {
    String name = plain(file.getFileName().toString());
    int dot = name.lastIndexOf('.');
    String stem = dot <= 0 ? name : name.substring(0, dot);
    String ending = dot <= 0 ? "" : name.substring(dot);
    String free = name;
    for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
      free = stem + "_" + number + ending;
    }
    return free;
  }

  /** A name of ASCII letters, digits, dots, hyphens, underscores and single spaces inside. */
  public static String plain(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_").replaceAll("^[.\\- ]+|[. ]+$", "");
    if (plain.length() > LONGEST) {
      plain = plain.substring(plain.length() - LONGEST).replaceAll("^[.\\- ]+", "");
    }
    return plain.isEmpty() ? "unnamed" : plain;
  }
}
