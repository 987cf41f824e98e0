package org.peerworks.job.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peerworks.job.api.JobContext;
import org.peerworks.lib.files.ArchiveLimits;
import org.peerworks.lib.sleap.JobPackage;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.PackagePaths;
import org.peerworks.lib.sleap.Script;
import org.peerworks.lib.sleap.ScriptCommand;
import org.peerworks.lib.sleap.Shown;
import org.peerworks.lib.sleap.WorkerPaths;

/**
 * What a tracking job was given, ready to be tracked.
 *
 * @param root the trainer's working directory
 * @param plans in the order to run them
 */
record TrackPackage(Path root, List<TrackPlan> plans) {

  static final String SCRIPT = "track-script.sh";

  static TrackPackage open(
      JobContext context, ArchiveLimits limits, int scriptBytes, WorkerPaths workerPaths)
      throws IOException {
    Optional<String> there = context.parameters().string("package");
    if (there.isPresent()) {
      return ofWorker(context, there.get(), limits, scriptBytes, workerPaths);
    }
    if (StructuredTrack.isOne(context.parameters())) {
      return StructuredTrack.open(context, workerPaths);
    }
    Map<String, Path> inputs = context.inputs();
    String name = inputs.size() == 1 ? inputs.keySet().iterator().next() : "";
    if (!name.toLowerCase(Locale.ROOT).endsWith(".zip")) {
      throw new PackageException(
          "A tracking job takes one .zip package with '%s'; found %d files: %s."
              .formatted(
                  SCRIPT,
                  inputs.size(),
                  Shown.quoted(String.join(", ", inputs.keySet().stream().sorted().toList()))));
    }
    return unpacked(context, inputs.get(name), limits, scriptBytes, workerPaths);
  }

  /** A package that lies in a mount is used as one that was sent. */
  private static TrackPackage ofWorker(
      JobContext context,
      String path,
      ArchiveLimits limits,
      int scriptBytes,
      WorkerPaths workerPaths)
      throws IOException {
    if (!context.inputs().isEmpty() || context.parameters().string("data_path").isPresent()) {
      throw new PackageException(
          "'package' names a zip of this worker, which says it all; nothing else goes with it.");
    }
    Path work = context.workDirectory();
    Path copy = work.resolve("package.zip");
    try {
      if (!Files.isDirectory(JobPackage.directory(work))) {
        Files.deleteIfExists(copy);
        workerPaths.copy("package", path, copy, limits.reserve());
      }
      return unpacked(context, copy, limits, scriptBytes, workerPaths);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static TrackPackage unpacked(
      JobContext context, Path zip, ArchiveLimits limits, int scriptBytes, WorkerPaths workerPaths)
      throws IOException {
    Path root = JobPackage.unpack(zip, context.workDirectory(), limits, SCRIPT);
    PackagePaths paths = new PackagePaths(root);
    List<TrackPlan> plans = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ScriptCommand command : Script.read(root.resolve(SCRIPT), scriptBytes)) {
      if (!command.verb().equals(ScriptCommand.TRACK)) {
        throw new PackageException(
            "Line %d of '%s' is no tracking; send it in a training package."
                .formatted(command.line(), SCRIPT));
      }
      TrackPlan plan = TrackPlan.of(command, paths, workerPaths, context.outputDirectory());
      if (!names.add(plan.predictions())) {
        throw new PackageException(
            "Two commands of '%s' write %s; give each an '-o' of its own."
                .formatted(SCRIPT, Shown.quoted(plan.predictions())));
      }
      plans.add(plan);
    }
    if (plans.isEmpty()) {
      throw new PackageException("'%s' has no 'sleap-nn track …' command.".formatted(SCRIPT));
    }
    return new TrackPackage(paths.root(), plans);
  }
}
