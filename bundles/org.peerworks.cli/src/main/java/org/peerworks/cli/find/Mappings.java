package org.peerworks.cli.find;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.peerworks.cli.command.Invocation.Target;
import org.peerworks.cli.job.WorkerPaths;
import org.peerworks.lib.account.PathMapping;
import org.peerworks.lib.account.PathMappings;

/**
 * Beginnings of paths on the user's computers, and what stands there at the worker: those of the
 * command line before those of the user's file.
 */
public final class Mappings {

  private final PathMappings told;
  private final WorkerPaths usual;

  private Mappings(PathMappings told, WorkerPaths usual) {
    this.told = told;
    this.usual = usual;
  }

  /**
   * @param options of the command line
   */
  public static Mappings of(Target target, Map<String, String> options) {
    List<PathMapping> told = new ArrayList<>();
    options.forEach((local, worker) -> told.add(new PathMapping(local, worker)));
    return new Mappings(new PathMappings(told), WorkerPaths.of(target));
  }

  /** A path as the worker may have it; the same if no mapping holds it. */
  public String toWorker(String path) {
    return told.toWorker(path)
        .orElseGet(() -> WorkerPaths.isAbsolute(path) ? usual.there(path) : path);
  }
}
