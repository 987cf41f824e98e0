package org.peerworks.job.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.lib.sleap.Option.Kind;
import org.peerworks.lib.sleap.OptionTable;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.PackagePaths;
import org.peerworks.lib.sleap.ScriptCommand;
import org.peerworks.lib.sleap.Shown;

/**
 * One {@code sleap-nn train} command of a package, with the options of sleap-nn 0.1.
 *
 * @param config the configuration file, inside the package
 * @param videoArguments options that say where the videos are
 * @param overrides settings to replace, in order
 */
record TrainCommand(Path config, List<String> videoArguments, List<ConfigOverride> overrides) {

  private static final OptionTable OPTIONS =
      new OptionTable("sleap-nn train")
          .with(Kind.TEXT, "--config-name", "-c", "-cn")
          .with(Kind.TEXT, "--config-dir", "-d", "-cd")
          .with(Kind.TEXT, "--config")
          .withSeveral(Kind.TEXT, 1, "--video-paths", "-v")
          .withSeveral(Kind.TEXT, 2, "--video-path-map")
          .withSeveral(Kind.TEXT, 2, "--prefix-map");

  static TrainCommand parse(ScriptCommand command, PackagePaths paths) throws IOException {
    OptionTable.Parsed parsed = OPTIONS.parse(command);
    List<String> positional = new ArrayList<>(parsed.positional());
    List<ConfigOverride> overrides = new ArrayList<>();
    Path config = config(command, parsed, positional, paths);
    for (String word : positional) {
      overrides.add(ConfigOverride.parse(command.line(), word));
    }
    return new TrainCommand(config, videoArguments(parsed, paths), overrides);
  }

  /** The file's name without its ending. */
  String stem() {
    return config.getFileName().toString().replaceFirst("\\.ya?ml$", "");
  }

  private static Path config(
      ScriptCommand command, OptionTable.Parsed parsed, List<String> positional, PackagePaths paths)
      throws IOException {
    List<String> named = parsed.values("--config-name");
    List<String> whole = new ArrayList<>(parsed.values("--config"));
    if (!positional.isEmpty() && positional.get(0).matches("[^=]*\\.ya?ml")) {
      whole.add(positional.remove(0));
    }
    if (named.size() + whole.size() != 1) {
      throw new PackageException(
          "Line %d of the script names %d configurations; name one with '--config-name'."
              .formatted(command.line(), named.size() + whole.size()));
    }
    if (!whole.isEmpty()) {
      return file(paths, whole.get(0));
    }
    List<String> folder = parsed.values("--config-dir");
    Path directory =
        folder.isEmpty()
            ? paths.root()
            : paths.existing(folder.get(0), "the configurations' folder");
    return file(paths, join(paths.relative(directory), named.get(0), paths));
  }

  private static String join(String directory, String name, PackagePaths paths) throws IOException {
    paths.inside(name, "the configuration");
    return directory.equals(".") ? name : directory + "/" + name;
  }

  private static Path file(PackagePaths paths, String text) throws IOException {
    Path file = paths.inside(text, "the configuration");
    if (!Files.exists(file) && !text.matches(".*\\.ya?ml")) {
      file = paths.inside(text + ".yaml", "the configuration");
    }
    if (!Files.isRegularFile(file)) {
      throw new PackageException(
          "The package has no configuration %s, which its script trains."
              .formatted(Shown.quoted(text)));
    }
    return file;
  }

  private static List<String> videoArguments(OptionTable.Parsed parsed, PackagePaths paths)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    for (OptionTable.Use use : parsed.uses()) {
      if (!use.option().repeatable()) {
        continue;
      }
      List<String> values = use.values();
      arguments.add(use.option().name());
      arguments.addAll(values.subList(0, values.size() - 1));
      Path video = paths.existing(values.get(values.size() - 1), "the videos' new place");
      arguments.add(paths.relative(video));
    }
    return arguments;
  }
}
