package org.peerworks.job.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.Parameters;
import org.peerworks.lib.files.ArchiveLimits;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.lib.files.FileTrees;
import org.peerworks.lib.sleap.JobPackage;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.PackagePaths;
import org.peerworks.lib.sleap.Script;
import org.peerworks.lib.sleap.ScriptCommand;

/**
 * What a training job was given, ready to be trained on.
 *
 * @param name of the zip or the labels, without its ending
 * @param root the trainer's working directory
 * @param modelsFolder folder in the root that models are written to, and nothing else is in
 * @param models in the order to train them
 */
record TrainPackage(String name, Path root, String modelsFolder, List<ModelPlan> models) {

  static final String SCRIPT = "train-script.sh";

  private static final int LONGEST_STEM = 200;
  private static final String CHOICE = "models-folder";

  static TrainPackage open(JobContext context, ArchiveLimits limits, boolean checkpoints)
      throws IOException {
    Map<String, Path> inputs = context.inputs();
    String first = inputs.isEmpty() ? "" : inputs.keySet().iterator().next();
    Path work = context.workDirectory();
    Parameters parameters = context.parameters();
    if (inputs.size() == 1 && BareInputs.hasEnding(first, ".zip")) {
      if (!parameters.strings("configs").isEmpty()) {
        throw new PackageException(
            "'configs' goes with a .slp file; a zip has its order in '" + SCRIPT + "'.");
      }
      Path root = JobPackage.unpack(inputs.get(first), work, limits, SCRIPT);
      return planned(
          stem(first), root, work, Script.read(root.resolve(SCRIPT)), parameters, checkpoints);
    }
    BareInputs bare = BareInputs.of(inputs, parameters.strings("configs"));
    Path root = bare.place(work);
    return planned(stem(bare.labels()), root, work, bare.commands(), parameters, checkpoints);
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
      Parameters parameters,
      boolean checkpoints)
      throws IOException {
    PackagePaths paths = new PackagePaths(root);
    String modelsFolder = modelsFolder(work, root);
    ModelPlanner planner = new ModelPlanner(paths, modelsFolder, ports(parameters), checkpoints);
    List<ModelPlan> models = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    for (ScriptCommand command : commands) {
      if (!command.verb().equals(ScriptCommand.TRAIN)) {
        throw new PackageException(
            "Line %d of '%s' is no training; send it in a tracking package."
                .formatted(command.line(), SCRIPT));
      }
      TrainCommand train = TrainCommand.parse(command, paths);
      models.add(planner.plan(train, folder(train.stem(), folders)));
    }
    if (models.isEmpty()) {
      throw new PackageException(
          "'%s' has no 'sleap-nn train --config-name …' command.".formatted(SCRIPT));
    }
    return new TrainPackage(name, paths.root(), modelsFolder, models);
  }

  private static String folder(String stem, Set<String> taken) {
    String folder = stem;
    for (int number = 2; !taken.add(folder); number++) {
      folder = stem + "-" + number;
    }
    return folder;
  }

  /** Chosen once for a job, so that nothing but what it trains is in it. */
  private static String modelsFolder(Path work, Path root) throws IOException {
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

  private static Map<String, String> ports(Parameters parameters) {
    Map<String, String> ports = new LinkedHashMap<>();
    for (String name : List.of("controller_port", "publish_port")) {
      parameters.number(name).ifPresent(port -> ports.put(name, Long.toString(port)));
    }
    return ports;
  }

  /** Such that the output's name, which is longer, is a file's name yet. */
  private static String stem(String file) {
    String stem = file.substring(0, file.lastIndexOf('.'));
    while (stem.getBytes(StandardCharsets.UTF_8).length > LONGEST_STEM) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return stem;
  }
}
