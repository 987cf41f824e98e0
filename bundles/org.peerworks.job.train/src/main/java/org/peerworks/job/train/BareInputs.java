package org.peerworks.job.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.ScriptCommand;
import org.peerworks.lib.sleap.Shown;

/**
 * A training job without a package: labels, and the configurations to train on them.
 *
 * @param configs names of the configurations, in order
 */
record BareInputs(SentFiles files, List<String> configs) {

  static BareInputs of(Map<String, Path> inputs, List<String> order) throws PackageException {
    SentFiles files = SentFiles.of(inputs);
    List<String> configs = files.configs();
    if (files.labels().size() != 1 || configs.isEmpty()) {
      throw SentFiles.wanted(
          "found %d .slp and %d .yaml files".formatted(files.labels().size(), configs.size()));
    }
    for (String name : order) {
      if (!configs.contains(name)) {
        throw new PackageException(
            "'configs' names %s, but no such file was sent.".formatted(Shown.quoted(name)));
      }
    }
    Set<String> stems = new HashSet<>();
    for (String name : configs) {
      String yaml = SentFiles.asYaml(name);
      if (!stems.add(yaml)) {
        throw new PackageException(
            "Two configurations are named %s; rename one.".formatted(Shown.quoted(yaml)));
      }
    }
    return new BareInputs(files, order.isEmpty() ? configs : List.copyOf(order));
  }

  String labels() {
    return files.labels().get(0);
  }

  Path place(Path work) throws IOException {
    return files.place(work, true);
  }

  List<ScriptCommand> commands() {
    List<ScriptCommand> commands = new ArrayList<>();
    for (String name : configs) {
      commands.add(
          new ScriptCommand(
              commands.size() + 1,
              ScriptCommand.TRAIN,
              List.of("--config-name=" + SentFiles.asYaml(name))));
    }
    return commands;
  }
}
