package org.peerworks.job.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.Parameters;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.lib.files.FileTrees;
import org.peerworks.lib.sleap.JobPackage;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.PackagePaths;
import org.peerworks.lib.sleap.Script;
import org.peerworks.lib.sleap.ScriptCommand;
import org.peerworks.lib.sleap.Shown;
import org.peerworks.lib.sleap.WorkerPaths;

/**
 * What a training job was given, ready to be trained on.
 *
 * @param name of the zip or the labels, without its ending
 * @param root the trainer's working directory
 * @param modelsFolder folder in the root that models are written to, and nothing else is in
 * @param models in the order to train them
 * @param labels path on this worker, or name in the root; empty if that is not one file
 * @param infer whether to track the suggested frames afterwards
 */
record TrainPackage(
    String name,
    Path root,
    String modelsFolder,
    List<ModelPlan> models,
    Optional<String> labels,
    boolean infer) {

  static final String SCRIPT = "train-script.sh";

  private static final int LONGEST_STEM = 200;
  private static final String CHOICE = "models-folder";

  static TrainPackage open(JobContext context, TrainLimits limits, WorkerPaths workerPaths)
      throws IOException {
    Map<String, Path> inputs = context.inputs();
    String first = inputs.isEmpty() ? "" : inputs.keySet().iterator().next();
    Path work = context.workDirectory();
    Parameters parameters = context.parameters();
    Optional<String> there = parameters.string("package");
    if (there.isPresent()) {
      return ofWorker(context, there.get(), limits, workerPaths);
    }
    if (inputs.size() == 1 && SentFiles.hasEnding(first, ".zip")) {
      requireNoMore(parameters);
      return unpacked(stem(first), inputs.get(first), work, limits);
    }
    if (TrainParameters.areStructured(parameters)) {
      return StructuredJob.open(context, workerPaths, limits.configBytes());
    }
    BareInputs bare = BareInputs.of(inputs, parameters.strings("configs"));
    Path root = bare.place(work);
    Optional<String> labels = Optional.of(bare.labels());
    return planned(stem(bare.labels()), root, work, bare.commands(), labels, limits);
  }

  /** A package that lies in a mount is used as one that was sent. */
  private static TrainPackage ofWorker(
      JobContext context, String path, TrainLimits limits, WorkerPaths workerPaths)
      throws IOException {
    requireNoMore(context.parameters());
    if (!context.inputs().isEmpty()) {
      throw new PackageException(
          "'package' names a zip of this worker, so nothing else is sent; found %s."
              .formatted(Shown.quoted(context.inputs().keySet().iterator().next())));
    }
    Path file = workerPaths.file("package", path);
    Path work = context.workDirectory();
    Path copy = work.resolve("package.zip");
    try {
      if (!Files.isDirectory(JobPackage.directory(work))) {
        Files.deleteIfExists(copy);
        workerPaths.copy("package", file.toString(), copy, limits.archive().reserve());
      }
      return unpacked(stem(file.getFileName().toString()), copy, work, limits);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static TrainPackage unpacked(String name, Path zip, Path work, TrainLimits limits)
      throws IOException {
    Path root = JobPackage.unpack(zip, work, limits.archive(), SCRIPT);
    List<ScriptCommand> commands = Script.read(root.resolve(SCRIPT), limits.scriptBytes());
    return planned(name, root, work, commands, Optional.empty(), limits);
  }

  private static void requireNoMore(Parameters parameters) throws PackageException {
    if (!parameters.strings("configs").isEmpty()) {
      throw new PackageException(
          "'configs' goes with a .slp file; a zip has its order in '" + SCRIPT + "'.");
    }
    List<String> more = TrainParameters.structured(parameters);
    if (!more.isEmpty()) {
      throw new PackageException(
          "'%s' does not go with a zip, whose '%s' says it all.".formatted(more.get(0), SCRIPT));
    }
  }

  /** The directory of this worker that the labels lie in; empty if they were sent. */
  Optional<String> home() {
    return labels.filter(WorkerPaths::isOne).map(path -> Path.of(path).getParent().toString());
  }

  /** Deletes what {@link #open} made of a package that it then refused. */
  static void discard(Path work) throws IOException {
    FileTrees.delete(JobPackage.directory(work));
    Files.deleteIfExists(work.resolve(CHOICE));
  }

  private static TrainPackage planned(
      String name,
      Path root,
      Path work,
      List<ScriptCommand> commands,
      Optional<String> labels,
      TrainLimits limits)
      throws IOException {
    PackagePaths paths = new PackagePaths(root);
    String modelsFolder = modelsFolder(work, root);
    ModelPlanner planner = new ModelPlanner(paths, modelsFolder, limits);
    List<ModelPlan> models = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    for (ScriptCommand command : commands) {
      if (!command.verb().equals(ScriptCommand.TRAIN)) {
        throw new PackageException(
            "Line %d of '%s' is no training; send it in a tracking package."
                .formatted(command.line(), SCRIPT));
      }
      TrainCommand train = TrainCommand.parse(command, paths);
      models.add(planner.plan(train, free(train.stem(), folders)));
    }
    if (models.isEmpty()) {
      throw new PackageException(
          "'%s' has no 'sleap-nn train --config-name …' command.".formatted(SCRIPT));
    }
    return new TrainPackage(name, paths.root(), modelsFolder, models, labels, false);
  }

  /** A name that is not taken yet, and is from now on. */
  static String free(String wanted, Set<String> taken) {
    String name = wanted;
    for (int number = 2; !taken.add(name); number++) {
      name = wanted + "-" + number;
    }
    return name;
  }

  /** Chosen once for a job, so that nothing but what it trains is in it. */
  static String modelsFolder(Path work, Path root) throws IOException {
    Path choice = work.resolve(CHOICE);
    if (Files.exists(choice)) {
      return Files.readString(choice);
    }
    String folder = "models";
    for (int number = 2; Files.exists(root.resolve(folder)); number++) {
      folder = "models-" + number;
    }
    AtomicFiles.write(choice, folder.getBytes(StandardCharsets.UTF_8));
    return folder;
  }

  /** A name of somebody else's file, such that ours may be named after it. */
  static String plain(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N}._ -]", "-").replaceAll("^[-. ]+|[. ]+$", "");
    return plain.isEmpty() ? "unnamed" : plain;
  }

  /** Such that the output's name, which is longer, is a file's name yet. */
  static String stem(String file) {
    int dot = file.lastIndexOf('.');
    String stem = dot > 0 ? file.substring(0, dot) : file;
    while (stem.getBytes(StandardCharsets.UTF_8).length > LONGEST_STEM) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return stem;
  }
}
