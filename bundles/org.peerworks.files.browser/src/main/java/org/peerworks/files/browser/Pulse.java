package org.peerworks.files.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FileSource;
import org.peerworks.files.api.FilesInfo;
import org.peerworks.files.api.SourceState;

/**
 * Asks the worker again and again how it is: a connection that was cut tells nobody for half a
 * minute. Thread-safe.
 */
final class Pulse {

  /** With the time between two beats, people see it within two seconds. */
  private static final Duration SILENCE = Duration.ofMillis(1200);

  /** A worker that is only busy has answered by then. */
  private static final Duration DOUBT = Duration.ofSeconds(8);

  private final FileSource source;
  private final LongSupplier nanoClock;
  private Probe probe;
  private FilesInfo info;
  private FilesInfo told;
  private Instant silentSince;
  private boolean doubted;

  /** A question that is under way. */
  private record Probe(FileResolver files, long began) {}

  Pulse(FileSource source, LongSupplier nanoClock) {
    this.source = source;
    this.nanoClock = nanoClock;
  }

  /**
   * Asks, unless a question is under way.
   *
   * @param answered called from any thread when an answer has come that changes something
   * @return what is new about the worker
   */
  Optional<ObjectNode> beat(Runnable answered) {
    if (!source.state().connected()) {
      rest();
      return news();
    }
    FileResolver files = source.files();
    Probe asked = null;
    boolean doubt = false;
    synchronized (this) {
      if (probe == null || probe.files() != files) {
        silentSince = probe == null ? silentSince : null;
        asked = new Probe(files, nanoClock.getAsLong());
        probe = asked;
      } else {
        long waited = nanoClock.getAsLong() - probe.began();
        if (waited > SILENCE.toNanos() && silentSince == null) {
          silentSince = Instant.now();
        }
        doubt = waited > DOUBT.toNanos() && !doubted;
        doubted |= doubt;
      }
    }
    if (asked != null) {
      ask(asked, answered);
    }
    if (doubt) {
      source.doubt();
    }
    return news();
  }

  /** Forgets the question that is under way. */
  synchronized void rest() {
    probe = null;
    silentSince = null;
    doubted = false;
  }

  /** How the connection is, as a message. */
  synchronized ObjectNode connection() {
    SourceState state = source.state();
    boolean silent = state.connected() && silentSince != null;
    Instant since = silent ? silentSince : state.since();
    return Messages.of("connection")
        .put("worker", source.workerName())
        .put("state", silent ? "silent" : state.connected() ? "connected" : "lost")
        .put("since", Messages.seconds(since))
        .put("trouble", state.trouble());
  }

  /** What is known about the worker, as a message. */
  synchronized Optional<ObjectNode> info() {
    return Optional.ofNullable(info).map(Messages::info);
  }

  private void ask(Probe asked, Runnable answered) {
    asked
        .files()
        .info()
        .whenComplete(
            (answer, failure) -> {
              boolean changed;
              synchronized (this) {
                if (probe != asked) {
                  return;
                }
                // A refusal is a sign of life too.
                changed = silentSince != null || answer != null && !answer.equals(info);
                info = answer == null ? info : answer;
                probe = null;
                silentSince = null;
                doubted = false;
              }
              if (changed) {
                answered.run();
              }
            });
  }

  private synchronized Optional<ObjectNode> news() {
    if (info == null || info.equals(told)) {
      return Optional.empty();
    }
    told = info;
    return info();
  }
}
