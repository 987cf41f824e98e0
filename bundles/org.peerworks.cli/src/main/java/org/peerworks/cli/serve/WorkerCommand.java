package org.peerworks.cli.serve;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Invocation.Worker;
import org.peerworks.cli.connect.Services;
import org.peerworks.cli.terminal.Console;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.SessionString;

/** Says how a worker can be reached, whether it takes jobs, and when it cannot. */
public final class WorkerCommand {

  /** The prompt has the terminal, so Ctrl-C is its own. */
  private static final String SHELL_STOP = "Stop with 'worker:stop'; 'help' lists all commands.";

  private static final String OF_WORKER = "(room.role=worker)";

  private final Services services;
  private final Console console;
  private final Duration patience;
  private final Duration glance;

  /**
   * @param patience time after which a server that does not answer is reported
   * @param glance time between two looks at the connection
   */
  public WorkerCommand(Services services, Console console, Duration patience, Duration glance) {
    this.services = services;
    this.console = console;
    this.patience = patience;
    this.glance = glance;
  }

  /**
   * Blocks until this thread is interrupted.
   *
   * @throws org.peerworks.cli.CommandFailure if its own signalling server does not start
   */
  public int run(Worker worker) throws InterruptedException {
    try {
      watch(worker);
    } catch (InterruptedException e) {
      console.say("Stopping.");
      console.event("stopping");
    }
    return ExitStatus.SUCCESS;
  }

  private void watch(Worker worker) throws InterruptedException {
    if (worker.withSignal()) {
      OwnSignaling.await(services, worker.server(), patience);
    }
    Optional<Room> room = services.await(Room.class, OF_WORKER, patience);
    if (room.isEmpty()) {
      console.warn("Cannot reach the signalling server" + at(worker) + " yet; keeps trying.");
      console.event("unreachable");
      while (room.isEmpty()) {
        room = services.await(Room.class, OF_WORKER, Duration.ofMinutes(1));
      }
    }
    Readiness readiness = new Readiness(services, worker.withSignal());
    List<String> missing = settled(readiness);
    welcome(room.get(), missing, worker.shell());
    boolean connected = true;
    Object lock = new Object();
    while (true) {
      synchronized (lock) {
        lock.wait(glance.toMillis());
      }
      connected = reached(connected);
      List<String> now = readiness.missing(glance);
      if (connected && !now.equals(missing)) {
        missing = now;
        say(missing, worker.shell());
        console.event("readiness", "ready", missing.isEmpty(), "missing", missing);
      }
    }
  }

  /** What starts beside this command may take a moment. */
  private List<String> settled(Readiness readiness) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    List<String> missing = readiness.missing(glance);
    while (!missing.isEmpty() && System.nanoTime() - end < 0) {
      TimeUnit.NANOSECONDS.sleep(Math.min(glance.toNanos(), patience.toNanos()) / 100);
      missing = readiness.missing(glance);
    }
    return missing;
  }

  private boolean reached(boolean before) throws InterruptedException {
    Optional<Room> room = services.await(Room.class, OF_WORKER, glance);
    boolean reached = room.isPresent() && room.get().connected();
    if (reached && !before) {
      console.say("Back in the room.");
      console.event("connected");
    } else if (!reached && before) {
      console.warn("Lost the signalling server; keeps trying.");
      console.event("unreachable");
    }
    return reached;
  }

  private void say(List<String> missing, boolean shell) {
    if (missing.isEmpty()) {
      console.say("Ready for jobs. " + (shell ? SHELL_STOP : "Stop with Ctrl-C."));
    } else {
      console.warn(
          "Not ready: "
              + String.join("; ", missing).replaceAll("\\.$", "")
              + ". The messages above and 'logs/worker.log' in the data directory say why.");
    }
  }

  private static String at(Worker worker) {
    return worker.server().map(server -> " at " + server.webSocket()).orElse("");
  }

  private void welcome(Room room, List<String> missing, boolean shell) {
    SessionString session = room.session();
    boolean ofAccount = session.token().isEmpty();
    console.say(
        ofAccount
            ? "In a room of an account: clients log in, or bring a key or token of their own."
            : "Session string: " + session.encode());
    console.say("Room: " + session.roomId());
    if (!ofAccount) {
      console.say("Token: " + session.token());
    }
    console.say("Worker: " + session.peerId());
    console.say("Signalling server: " + room.server().webSocket());
    say(missing, shell);
    console.event(
        "session",
        "session",
        session.encode(),
        "room",
        session.roomId(),
        "token",
        session.token(),
        "worker",
        session.peerId(),
        "webSocket",
        room.server().webSocket().toString(),
        "http",
        room.server().http().toString(),
        "ready",
        missing.isEmpty(),
        "missing",
        missing);
  }
}
