package org.peerworks.protocol.sleap.internal.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.peerworks.lib.sleap.ScriptCommand;

/**
 * A script as sleap-rtc's workers parse it (sleap-rtc wire format §2.2): for training one physical
 * line per model with {@code --config-name NAME}; for tracking words without quotes, and an output
 * that the worker finds, which looks for {@code *.predictions.slp} only.
 */
final class LegacyScript {

  private static final String HEAD = "#!/bin/bash\n";
  private static final String ENDING = ".predictions.slp";

  private LegacyScript() {}

  static String of(List<ScriptCommand> commands, boolean track) {
    String verb = track ? ScriptCommand.TRACK : ScriptCommand.TRAIN;
    List<ScriptCommand> wanted =
        commands.stream().filter(command -> command.verb().equals(verb)).toList();
    if (wanted.isEmpty()) {
      throw Refusals.invalid("The package's script has no 'sleap-nn " + verb + "'.");
    }
    if (track && wanted.size() > 1) {
      throw Refusals.invalid(
          "A sleap-rtc worker runs one 'sleap-nn track' of a package, but its script has %d."
              .formatted(wanted.size()));
    }
    return wanted.stream()
        .map(ScriptCommand::arguments)
        .map(LegacyPackage::worded)
        .map(words -> track ? track(words) : train(words))
        .collect(Collectors.joining("\n", HEAD, "\n"));
  }

  /** Of one configuration by its name. */
  static String training(List<String> configs) {
    return configs.stream()
        .map(config -> "sleap-nn train --config-name " + config + " --config-dir .")
        .collect(Collectors.joining("\n", HEAD, "\n"));
  }

  private static String train(List<String> words) {
    List<String> rest = new ArrayList<>();
    String config = "";
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.matches("--config-name=.+|-cn=.+")) {
        config = word.substring(word.indexOf('=') + 1);
      } else if (word.matches("--config-name|-cn") && i + 1 < words.size()) {
        config = words.get(++i);
      } else {
        rest.add(word);
      }
    }
    if (config.isEmpty()) {
      throw Refusals.invalid("A line of the package's script names no configuration.");
    }
    return ("sleap-nn train --config-name " + config + " " + String.join(" ", rest)).strip();
  }

  private static String track(List<String> words) {
    List<String> rest = new ArrayList<>();
    String data = "predictions";
    String output = "";
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.matches("-o|--output_path|--output") && i + 1 < words.size()) {
        output = words.get(++i);
      } else if (word.matches("(-o|--output_path|--output)=.*")) {
        output = word.substring(word.indexOf('=') + 1);
      } else {
        rest.add(word);
        if (word.matches("--data_path|-i") && i + 1 < words.size()) {
          data = words.get(i + 1);
        }
      }
    }
    // In the package's own folder, where the worker looks for it, also where the data is elsewhere.
    String stem = data.substring(data.lastIndexOf('/') + 1).replaceFirst("(?i)\\.slp$", "");
    String found = output.endsWith(ENDING) ? output : stem + ENDING;
    return "sleap-nn track " + String.join(" ", rest) + " -o " + found;
  }
}
