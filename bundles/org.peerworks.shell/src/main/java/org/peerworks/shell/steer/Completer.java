package org.peerworks.shell.steer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peerworks.shell.api.ShellSession.Suggestion;
import org.peerworks.shell.internal.CommandCompletion;

/** Completes the commands that a user may use, their options and first arguments. */
final class Completer {

  static final List<String> OWN = List.of("help", "exit");

  private final Catalog catalog;
  private final Access access;
  private final CommandCompletion completion;
  private final Help help;

  Completer(Catalog catalog, Access access, CommandCompletion completion) {
    this.catalog = catalog;
    this.access = access;
    this.completion = completion;
    this.help = new Help(catalog);
  }

  /** Commands that the user may use with some arguments. */
  List<String> commands() {
    return catalog.names().stream().filter(access::allowsSome).toList();
  }

  List<Suggestion> complete(List<String> words) {
    if (words.isEmpty()) {
      return List.of();
    }
    String begun = words.get(words.size() - 1);
    Map<String, String> found = new LinkedHashMap<>();
    if (words.size() == 1 || words.size() == 2 && words.get(0).equals("help")) {
      commands().forEach(name -> found.put(name, help.summary(name)));
      if (words.size() == 1) {
        OWN.forEach(name -> found.put(name, ""));
      }
    } else {
      String name = Catalog.normal(words.get(0));
      if (catalog.find(name).isPresent() && access.allowsSome(name)) {
        found.putAll(completion.values(name, words.subList(1, words.size() - 1)));
      }
    }
    List<Suggestion> suggestions = new ArrayList<>();
    found.forEach(
        (word, description) -> {
          if (word.startsWith(begun)) {
            suggestions.add(new Suggestion(word, description));
          }
        });
    return suggestions;
  }

  Help help() {
    return help;
  }

  Catalog catalog() {
    return catalog;
  }
}
