package org.peerworks.job.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerworks.lib.files.FileNames;
import org.peerworks.lib.sleap.OptionTable;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.PackagePaths;
import org.peerworks.lib.sleap.ScriptCommand;
import org.peerworks.lib.sleap.Shown;
import org.peerworks.lib.sleap.WorkerPaths;

/**
 * One {@code sleap-nn track} command of a package, such that it reads from the package and the
 * worker's mounts only, and writes to one file of ours only.
 *
 * @param predictions name that the predictions are returned under
 * @param output file that they are written to
 * @param arguments of the trainer, run in the package's root
 * @param target where the predictions go on this worker too; empty if they are only returned
 */
record TrackPlan(String predictions, Path output, List<String> arguments, Optional<Target> target) {

  private static final OptionTable OPTIONS = TrackOptions.table();

  TrackPlan {
    arguments = List.copyOf(arguments);
  }

  static TrackPlan of(
      ScriptCommand command, PackagePaths paths, WorkerPaths there, Path outputDirectory)
      throws IOException {
    OptionTable.Parsed parsed = OPTIONS.parse(command);
    if (!parsed.positional().isEmpty()) {
      throw refused(command, "has the stray word " + Shown.quoted(parsed.positional().get(0)));
    }
    if (parsed.values(TrackOptions.DATA).isEmpty()) {
      throw refused(command, "names no data; add '--data_path FILE'");
    }
    if (parsed.values(TrackOptions.MODELS).isEmpty()) {
      throw refused(command, "names no model; add '--model_paths FOLDER' for each");
    }
    String predictions = predictions(command, parsed, paths);
    Path output = outputDirectory.toAbsolutePath().resolve(predictions);
    List<String> arguments = new ArrayList<>();
    arguments.add("track");
    for (OptionTable.Use use : parsed.uses()) {
      if (!use.option().name().equals(TrackOptions.OUTPUT)) {
        arguments.add(use.option().name());
        arguments.addAll(values(use, paths, there));
      }
    }
    arguments.addAll(List.of(TrackOptions.OUTPUT, output.toString()));
    return new TrackPlan(predictions, output, arguments, Optional.empty());
  }

  private static List<String> values(OptionTable.Use use, PackagePaths paths, WorkerPaths there)
      throws IOException {
    String name = use.option().name();
    if (name.equals(TrackOptions.DATA) && WorkerPaths.isOne(use.value())) {
      return List.of(there.file(name, use.value()).toString());
    }
    if (name.equals(TrackOptions.MODELS) && WorkerPaths.isOne(use.value())) {
      return List.of(there.existing(name, use.value()).toString());
    }
    if (TrackOptions.FILES.contains(name)) {
      return List.of(paths.relative(file(paths, use.value(), name)));
    }
    if (name.equals(TrackOptions.MODELS)) {
      return List.of(paths.relative(paths.existing(use.value(), "a model of the script")));
    }
    for (String value : use.values()) {
      if (PackagePaths.leaves(value) && !name.equals("--video_dataset")) {
        throw new PackageException(
            "The option '%s' names something outside of the package: %s."
                .formatted(name, Shown.quoted(value)));
      }
    }
    return use.values();
  }

  private static Path file(PackagePaths paths, String text, String option) throws IOException {
    Path file = paths.existing(text, "the file of '" + option + "'");
    if (!Files.isRegularFile(file)) {
      throw new PackageException(
          "%s in the package is no file, but '%s' wants one."
              .formatted(Shown.quoted(text), option));
    }
    return file;
  }

  private static String predictions(
      ScriptCommand command, OptionTable.Parsed parsed, PackagePaths paths) throws IOException {
    List<String> given = parsed.values(TrackOptions.OUTPUT);
    String data = parsed.values(TrackOptions.DATA).get(0);
    Path named;
    if (!given.isEmpty()) {
      named = paths.inside(given.get(0), "the output");
    } else {
      named = WorkerPaths.isOne(data) ? Path.of(data) : paths.inside(data, "the data");
    }
    String name = String.valueOf(named.getFileName());
    if (given.isEmpty()) {
      int dot = name.lastIndexOf('.');
      name = (dot > 0 ? name.substring(0, dot) : name) + ".predictions.slp";
    }
    try {
      return FileNames.requirePlain(name);
    } catch (IllegalArgumentException e) {
      throw refused(command, "has an output that cannot be returned. " + e.getMessage());
    }
  }

  private static PackageException refused(ScriptCommand command, String why) {
    return new PackageException(
        "The command on line %d of the script %s.".formatted(command.line(), why));
  }
}
