package org.peerworks.cli.command;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Long options may be spelled with {@code _} or {@code -}; one spelling is declared. */
final class Spellings {

  private final Map<String, String> declared = new HashMap<>();

  Spellings(CommandLine root) {
    learn(root);
  }

  /** Takes in the options of a command and of those below it. */
  void learn(CommandLine line) {
    for (OptionSpec option : line.getCommandSpec().options()) {
      for (String name : option.names()) {
        if (name.startsWith("--")) {
          declared.put(neutral(name), name);
          if (option.negatable()) {
            String negated = "--no-" + name.substring(2);
            declared.put(neutral(negated), negated);
          }
        }
      }
    }
    line.getSubcommands().values().forEach(this::learn);
  }

  /** The words with every known long option in its declared spelling. */
  String[] normalize(String[] words) {
    String[] normal = words.clone();
    for (int i = 0; i < words.length && !words[i].equals("--"); i++) {
      if (words[i].startsWith("--")) {
        int equals = words[i].indexOf('=');
        String name = equals < 0 ? words[i] : words[i].substring(0, equals);
        normal[i] =
            declared.getOrDefault(neutral(name), name)
                + (equals < 0 ? "" : words[i].substring(equals));
      }
    }
    return normal;
  }

  private static String neutral(String name) {
    return name.replace('_', '-');
  }
}
