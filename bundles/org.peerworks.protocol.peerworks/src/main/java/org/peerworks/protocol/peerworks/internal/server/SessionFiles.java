package org.peerworks.protocol.peerworks.internal.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.peerworks.internal.model.Failures;
import org.peerworks.protocol.peerworks.internal.transfer.PinnedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole files that a client has uploaded and not yet handed in. Thread-safe. */
final class SessionFiles {

  private static final Logger LOG = LoggerFactory.getLogger(SessionFiles.class);

  private final int most;
  private final Map<String, Deque<PinnedFile>> files = new HashMap<>();
  private int count;
  private boolean closed;

  /**
   * @param most files that wait for a submit
   */
  SessionFiles(int most) {
    this.most = most;
  }

  /**
   * Files that a submit uses.
   *
   * @param paths by name of the input
   * @param pins by hash
   */
  record Taken(Map<String, Path> paths, Map<String, PinnedFile> pins) {}

  void add(String sha256, PinnedFile file) {
    synchronized (this) {
      if (!closed && count < most) {
        files.computeIfAbsent(sha256, hash -> new ArrayDeque<>()).add(file);
        count++;
        return;
      }
    }
    file.release();
  }

  /**
   * @param inputs hash by name
   */
  synchronized Taken take(Map<String, String> inputs) {
    for (Map.Entry<String, String> input : inputs.entrySet()) {
      if (!files.containsKey(input.getValue())) {
        throw new JobException(
            JobException.Code.INVALID,
            "The input '%s' with the SHA-256 %s was not uploaded on this connection. Offer it first."
                .formatted(input.getKey(), input.getValue()));
      }
    }
    Map<String, PinnedFile> pins = new HashMap<>();
    for (String hash : new HashSet<>(inputs.values())) {
      Deque<PinnedFile> waiting = files.get(hash);
      pins.put(hash, waiting.poll());
      count--;
      if (waiting.isEmpty()) {
        files.remove(hash);
      }
    }
    Map<String, Path> paths = new LinkedHashMap<>();
    inputs.forEach((name, hash) -> paths.put(name, pins.get(hash).path()));
    return new Taken(paths, pins);
  }

  /** Deletes the files of a submit that is over; keeps them if it is worth trying again. */
  void done(Taken taken, Throwable failure) {
    boolean again = failure != null && Failures.isUnavailable(failure);
    taken
        .pins()
        .forEach(
            (hash, pin) -> {
              if (again) {
                add(hash, pin);
                return;
              }
              try {
                pin.consume();
              } catch (IOException e) {
                LOG.warn("The upload '{}' could not be deleted", pin.path(), e);
              }
            });
  }

  void close() {
    List<PinnedFile> left = new ArrayList<>();
    synchronized (this) {
      closed = true;
      files.values().forEach(left::addAll);
      files.clear();
    }
    left.forEach(PinnedFile::release);
  }
}
