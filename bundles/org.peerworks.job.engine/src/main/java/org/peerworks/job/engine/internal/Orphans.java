package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.job.api.RunningProgram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Programs that run on though their jobs are over, by their step directories. Thread-safe. */
final class Orphans {

  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

  private final Duration grace;
  private final Set<Path> steps = ConcurrentHashMap.newKeySet();

  Orphans(Duration grace) {
    this.grace = grace;
  }

  /** Keeps a step in mind until an executor comes up that can stop it. */
  void add(Path step) {
    LOG.warn("The program of '{}' runs on until there is an executor to stop it", step);
    steps.add(step);
  }

  /** Stops all that were kept in mind. Blocks. */
  void stop(ProgramExecutor executor) {
    Set<Path> kept = Set.copyOf(steps);
    Set<Path> left = stop(executor, kept);
    kept.stream().filter(step -> !left.contains(step)).forEach(steps::remove);
  }

  /**
   * Stops the programs of some steps, all at once. Blocks.
   *
   * @return the steps whose programs may live on
   */
  Set<Path> stop(ProgramExecutor executor, Collection<Path> some) {
    Map<Path, CompletableFuture<?>> stops = new LinkedHashMap<>();
    for (Path step : some) {
      try {
        Optional<RunningProgram> found = executor.find(step).filter(Orphans::mayRun);
        if (found.isPresent()) {
          LOG.info("Stops process {} that was left in '{}'", found.get().pid(), step);
          stops.put(step, found.get().stop(grace).toCompletableFuture());
        }
      } catch (IOException | RuntimeException e) {
        LOG.error("The program of '{}' was not found again", step, e);
      }
    }
    Set<Path> left = new HashSet<>();
    stops.forEach(
        (step, stop) -> {
          try {
            stop.join();
          } catch (CompletionException | CancellationException e) {
            LOG.error("The program of '{}' was not stopped", step, e);
            left.add(step);
          }
        });
    return left;
  }

  private static boolean mayRun(RunningProgram program) {
    CompletableFuture<?> exit = program.exit().toCompletableFuture();
    return !exit.isDone() || exit.isCompletedExceptionally();
  }
}
