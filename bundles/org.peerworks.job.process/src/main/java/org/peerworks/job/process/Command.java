package org.peerworks.job.process;

import java.util.List;
import java.util.stream.Stream;

/**
 * What runs under a program's name.
 *
 * @param words absolute path of an executable and its first arguments
 * @param origin where it was found, for people
 */
record Command(List<String> words, String origin) {

  Command {
    words = List.copyOf(words);
  }

  List<String> with(List<String> arguments) {
    return Stream.concat(words.stream(), arguments.stream()).toList();
  }

  String description() {
    return String.join(" ", words) + " (" + origin + ")";
  }
}
