package org.peerworks.cli.browse;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.Invocation.Choice;
import org.peerworks.cli.command.Invocation.Target;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.FileSource;
import org.peerworks.files.api.SourceState;
import org.peerworks.protocol.api.LinkState;

/** The files of one worker, over one connection after the other. */
final class WorkerSource implements FileSource, AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Connector connector;
  private final Target target;
  private final Consumer<String> say;
  private final String workerName;
  private final String workerId;
  private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Loss> losses = new LinkedBlockingQueue<>();
  private volatile Current current;

  /** A connection, and how it is. */
  private record Current(Connection connection, FileResolver files, SourceState state) {}

  private record Loss(Connection connection, String reason) {}

  /**
   * @param first owned from now on
   * @param say tells people what happens
   * @throws CommandFailure if the worker shows no files
   */
  WorkerSource(Connection first, Connector connector, Target target, Consumer<String> say) {
    this.connector = connector;
    this.target = same(target, first);
    this.say = say;
    this.workerName = first.workerName();
    this.workerId = first.workerId();
    use(first);
  }

  @Override
  public String workerName() {
    return workerName;
  }

  @Override
  public SourceState state() {
    return current.state();
  }

  @Override
  public FileResolver files() {
    return current.files();
  }

  @Override
  public Registration onChange(Runnable changed) {
    Runnable own = changed::run;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  @Override
  public void doubt() {
    losses.add(new Loss(current.connection(), "it does not answer"));
  }

  @Override
  public void close() {
    listeners.clear();
    current.connection().close();
  }

  /**
   * A connection comes back by itself where it can; makes another one whenever it cannot, until
   * this thread is interrupted.
   */
  void keep() throws InterruptedException {
    while (true) {
      Loss loss = losses.take();
      if (loss.connection() == current.connection()) {
        comeBack(loss.connection(), loss.connection().lost(loss.reason()).getMessage());
      }
    }
  }

  private void comeBack(Connection old, String why) throws InterruptedException {
    Instant since = Instant.now();
    say.accept(why + " Trying to reach it again.");
    become(old, SourceState.lost(since, why));
    old.close();
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        use(connector.open(target));
        say.accept("Connected to worker '" + workerName + "' again.");
        return;
      } catch (CommandFailure e) {
        become(old, SourceState.lost(since, e.getMessage().replace(workerId, workerName)));
      }
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  private void use(Connection connection) {
    Optional<FileResolver> files = connection.files();
    if (files.isEmpty()) {
      connection.close();
      throw CommandFailure.noConnection(
          "Worker '" + workerName + "' does not let clients look at its files. Update it.");
    }
    current = new Current(connection, files.get(), SourceState.connected(Instant.now()));
    connection.onState(state -> heard(connection, state));
    tell();
  }

  private void heard(Connection connection, LinkState state) {
    switch (state.phase()) {
      case CONNECTED -> become(connection, SourceState.connected(state.since()));
      case LOST -> {
        String why = connection.lost(state.reason()).getMessage();
        become(connection, SourceState.lost(state.since(), why));
      }
      case CLOSED -> losses.add(new Loss(connection, state.reason()));
    }
  }

  private void become(Connection connection, SourceState state) {
    synchronized (this) {
      if (current.connection() != connection) {
        return;
      }
      current = new Current(connection, current.files(), state);
    }
    tell();
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }

  /** The worker that was chosen at first, and no other. */
  private static Target same(Target target, Connection first) {
    if (target.session().isPresent()) {
      return target;
    }
    Choice choice = new Choice(Optional.of(first.workerId()), false, 0, target.choice().protocol());
    return new Target(
        target.server(),
        target.session(),
        target.room(),
        target.token(),
        choice,
        target.access(),
        target.workingDirectory(),
        false,
        target.json());
  }
}
