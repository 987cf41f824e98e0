package org.peerworks.protocol.sleap.internal.worker;

import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.peerworks.protocol.sleap.internal.wire.JsonFields;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is in a training. The job type reports it apart from the log, so that nothing which
 * a trainer prints can be taken for it; the line that the job type logs with it only says where in
 * the log that was. Whichever of the two comes last begins the turn. The line of the first model
 * suffices alone, for no program of the job has run before it, and reports that came before anybody
 * watched are lost. Thread-safe.
 */
final class ModelTurns {

  private static final Logger LOG = LoggerFactory.getLogger(ModelTurns.class);
  private static final int MOST_MODELS = 9999;

  /**
   * A model whose turn has come.
   *
   * @param index from 1
   * @param name of its configuration
   */
  record Turn(int index, int count, String name) {}

  private final TreeMap<Integer, Turn> reported = new TreeMap<>();
  private final TreeMap<Integer, String> paths = new TreeMap<>();
  private final TreeSet<Integer> stopped = new TreeSet<>();
  private int current;
  private boolean nextPassed;
  private boolean inferenceReported;
  private boolean inferencePassed;

  /**
   * A line of the log.
   *
   * @return the model that begins with it, if one does
   */
  synchronized Optional<Turn> passed(String line) {
    inferencePassed |= InferenceLine.begins(line);
    Optional<ModelLine> model = ModelLine.parse(line);
    if (model.isEmpty() || model.get().index() != current + 1) {
      return Optional.empty();
    }
    if (current == 0) {
      current = 1;
      return Optional.of(new Turn(1, model.get().count(), model.get().name()));
    }
    nextPassed = true;
    return next();
  }

  /**
   * A report of the job type.
   *
   * @return the model whose line has passed already, if it is one
   */
  synchronized Optional<Turn> reported(JsonFields report) {
    try {
      note(report);
    } catch (WireException e) {
      LOG.debug("A report of a training cannot be read", e);
    }
    return next();
  }

  private void note(JsonFields report) {
    String event = report.text("event", 100, "");
    if (event.startsWith("model_")) {
      int index = (int) report.number("index", 1, MOST_MODELS);
      int count = (int) report.number("count", index, MOST_MODELS);
      reported.put(index, new Turn(index, count, report.text("config", 1000, "")));
      report.optionalText("path", 4096).ifPresent(path -> paths.put(index, path));
      if (report.flag("stopped_early", false)) {
        stopped.add(index);
      }
    }
    inferenceReported |= event.startsWith("inference_");
  }

  private Optional<Turn> next() {
    Turn next = reported.get(current + 1);
    if (!nextPassed || next == null) {
      return Optional.empty();
    }
    nextPassed = false;
    current++;
    return Optional.of(next);
  }

  /** Whether the models are trained, and inference with them has begun. */
  synchronized boolean inferring() {
    return inferenceReported && inferencePassed;
  }

  /** Where a model is on the worker, if it is put there. */
  synchronized Optional<String> path(int index) {
    return Optional.ofNullable(paths.get(index));
  }

  /** Whether a model's training was ended early, with what it had. */
  synchronized boolean stopped(int index) {
    return stopped.contains(index);
  }
}
