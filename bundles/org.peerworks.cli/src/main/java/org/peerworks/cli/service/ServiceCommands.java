package org.peerworks.cli.service;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.ServiceInvocation;
import org.peerworks.cli.terminal.Console;

/** Installs the worker as a service of systemd, and changes its version. */
public final class ServiceCommands {

  private final Console console;
  private final Programs programs = new Programs();

  public ServiceCommands(Console console) {
    this.console = console;
  }

  /**
   * Runs a command.
   *
   * @return exit status
   */
  public int run(ServiceInvocation asked) throws IOException, InterruptedException {
    switch (asked.verb()) {
      case INSTALL -> install(asked);
      case UNINSTALL -> uninstall(asked);
      case UPGRADE, ROLLBACK, CONTINUE -> change(asked);
    }
    return ExitStatus.SUCCESS;
  }

  private void install(ServiceInvocation asked) throws IOException, InterruptedException {
    Place place = Place.wanted(asked.scope());
    Systemd systemd = new Systemd(programs, place.user());
    if (!asked.dryRun()) {
      systemd.requireRunning();
      requireRoot(place, "install-service");
    }
    Path home = home();
    Steps steps =
        new Installer(place, programs, systemd)
            .install(
                home,
                System.getProperty("peerworks.version", "unknown"),
                asked.words(),
                Optional.ofNullable(System.getenv("JAVA_HOME")));
    steps.run(console, asked.dryRun());
    if (asked.dryRun()) {
      console.say("");
      console.say("# " + place.unit());
      UnitFiles.worker(place).lines().forEach(console::say);
      console.event("unit", "file", place.unit().toString(), "text", UnitFiles.worker(place));
      return;
    }
    console.say("");
    console.say("The worker is installed, and does not run yet. Next:");
    next(place).forEach(line -> console.say("  " + line));
    console.event("installed", "unit", place.unit().toString());
  }

  private static List<String> next(Place place) {
    String journal =
        "journalctl "
            + (place.user() ? "--user " : "")
            + "-u peerworks-worker | grep sleap-session";
    return List.of(
        "edit " + place.environment() + "    which signalling server, and other options",
        place.systemctl("start peerworks-worker"),
        place.systemctl("status peerworks-worker"),
        journal + "    the session string for clients",
        place.command("upgrade peerworks-worker-VERSION.tar.gz") + "    some day");
  }

  private void uninstall(ServiceInvocation asked) throws IOException, InterruptedException {
    Place place = Place.installed(asked.scope());
    Systemd systemd = new Systemd(programs, place.user());
    if (!asked.dryRun()) {
      systemd.requireRunning();
      requireRoot(place, "uninstall-service");
    }
    new Installer(place, programs, systemd).uninstall().run(console, asked.dryRun());
    console.say(
        "What stays: the data in '"
            + place.data()
            + "', the configuration in '"
            + place.configuration()
            + "'"
            + (place.user() ? "." : ", and the user '" + UnitFiles.USER + "'."));
  }

  private void change(ServiceInvocation asked) throws IOException, InterruptedException {
    Place place = Place.installed(asked.scope());
    Systemd systemd = new Systemd(programs, place.user());
    Versions versions = new Versions(place.prefix());
    if (asked.dryRun()) {
      plan(asked, place, versions).run(console, true);
      return;
    }
    systemd.requireRunning();
    requireRoot(place, "upgrade");
    try (FileChannel channel =
            FileChannel.open(
                place.prefix().resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = lock(channel, place)) {
      Changeover changeover =
          new Changeover(
              versions,
              systemd,
              new Trial(systemd, asked.patience()),
              new StoreCopy(place.data(), place.prefix().resolve("store-before")),
              console);
      Optional<Versions.Change> pending = versions.pending();
      if (pending.isPresent()) {
        changeover.finish(pending.get());
      }
      if (asked.verb() != ServiceInvocation.Verb.CONTINUE) {
        try {
          changeover.to(target(asked, place, versions));
          told(versions, place);
        } finally {
          tidy(versions);
        }
      }
      lock.release();
    }
  }

  private static FileLock lock(FileChannel channel, Place place) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      throw busy(place, e);
    }
    throw busy(place, null);
  }

  private static CommandFailure busy(Place place, Exception cause) {
    return CommandFailure.usage(
        "The version in '"
            + place.prefix()
            + "' is being changed just now. Wait until that is done.",
        cause);
  }

  private String target(ServiceInvocation asked, Place place, Versions versions)
      throws IOException, InterruptedException {
    if (asked.archive().isEmpty()) {
      return previous(versions);
    }
    NewArchive archive =
        NewArchive.checked(
            asked.archive().get(), asked.sha256(), new Signatures(place.data(), console));
    console.say("Unpacks '" + asked.archive().get() + "'.");
    return archive.unpack(versions, programs);
  }

  private static String previous(Versions versions) throws IOException {
    return versions
        .previous()
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "There is no version to go back to: this one was installed first, or the one before was"
                        + " deleted."));
  }

  private Steps plan(ServiceInvocation asked, Place place, Versions versions) throws IOException {
    Steps steps = new Steps();
    Optional<Versions.Change> pending = versions.pending();
    if (pending.isPresent()) {
      steps.add("End the change to version " + pending.get().to() + " that was cut off", null);
    }
    if (asked.verb() == ServiceInvocation.Verb.CONTINUE) {
      return steps;
    }
    if (asked.archive().isPresent()) {
      NewArchive.checked(
          asked.archive().get(), asked.sha256(), new Signatures(place.data(), console));
      steps.add("Unpack the archive, whose SHA-256 is right, beside the other versions", null);
    } else {
      steps.add("Go back to version " + previous(versions), null);
    }
    steps.add(
        "Let jobs end that cannot go on without the worker, for "
            + asked.patience().jobs().toSeconds()
            + " s at most, and stop it",
        null);
    steps.add("Copy the job store to '" + place.prefix().resolve("store-before") + "'", null);
    steps.add("Change over, start, and wait until the worker is ready", null);
    steps.add("Go back to version " + versions.current().orElse("?") + " if it is not well", null);
    return steps;
  }

  private void tidy(Versions versions) throws IOException {
    for (String deleted : versions.deleteOld()) {
      console.say("Deleted version " + deleted + ", which nothing uses.");
    }
  }

  private void told(Versions versions, Place place) throws IOException {
    console.say(
        "Version "
            + versions.current().orElse("?")
            + " runs. '"
            + place.command("rollback")
            + "' goes back to "
            + versions.previous().orElse("?")
            + ".");
    console.event(
        "changed",
        "current",
        versions.current().orElse(""),
        "previous",
        versions.previous().orElse(""));
  }

  private static Path home() throws IOException {
    Path home = Path.of(System.getProperty("peerworks.home", ".")).toRealPath();
    if (!Files.isDirectory(home.resolve("features"))
        || !Files.exists(home.resolve("features/worker.json"))) {
      throw CommandFailure.usage(
          "'" + home + "' holds no worker. Use the archive peerworks-worker-VERSION.tar.gz.");
    }
    return home;
  }

  private static void requireRoot(Place place, String command) throws IOException {
    if (!place.user() && !Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      throw CommandFailure.usage(
          "A service of the system needs root: sudo "
              + place.command(command)
              + ". Without root, --user makes one of yours.");
    }
  }
}
