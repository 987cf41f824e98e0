package org.peerworks.cli.service;

import java.io.IOException;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.terminal.Console;

/**
 * Changes the version that the service runs, and goes back by itself if the other one is not well.
 * Wherever it is cut off, one whole version is the current one, and {@link #finish} ends it.
 */
final class Changeover {

  private final Versions versions;
  private final Service service;
  private final Trial trial;
  private final StoreCopy store;
  private final Console console;

  Changeover(Versions versions, Service service, Trial trial, StoreCopy store, Console console) {
    this.versions = versions;
    this.service = service;
    this.trial = trial;
    this.store = store;
    this.console = console;
  }

  /**
   * Changes to another version.
   *
   * @throws CommandFailure if it is not well, with the reason; then the one before runs again
   */
  void to(String name) throws IOException, InterruptedException {
    String before =
        versions
            .current()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "No version is in use. Run 'worker install-service' again."));
    say("Lets the worker end, once no job runs that cannot go on without it.");
    if (!trial.end()) {
      console.warn("Jobs that could not go on without the worker were ended with it.");
    }
    Versions.Change change = versions.begin(before, name);
    store.take();
    versions.switchTo(name);
    say("Starts version " + name + ".");
    conclude(change, trial.start());
  }

  /**
   * Ends a change that was cut off: what was not tried is not tried any more, what was is watched.
   */
  void finish(Versions.Change change) throws IOException, InterruptedException {
    if (versions.current().filter(change.to()::equals).isEmpty()) {
      say("A change to version " + change.to() + " was cut off before it was tried.");
      versions.takeBack(change);
      service.start();
      return;
    }
    say("A change to version " + change.to() + " was cut off. Watches that version again.");
    conclude(change, service.status().down() ? trial.start() : trial.watch());
  }

  private void conclude(Versions.Change change, Optional<String> trouble)
      throws IOException, InterruptedException {
    if (trouble.isEmpty()) {
      versions.end();
      say("Version " + change.to() + " is well.");
      return;
    }
    console.warn("Version " + change.to() + " is not well: " + trouble.get().strip());
    console.event("unwell", "version", change.to(), "reason", trouble.get().strip());
    goBack(change);
    throw CommandFailure.failed(
        "Version "
            + change.from()
            + " runs again, as "
            + change.to()
            + " was not well: "
            + trouble.get().strip()
            + " The journal and 'logs/worker.log' in the data directory say more.",
        null);
  }

  private void goBack(Versions.Change change) throws IOException, InterruptedException {
    say("Goes back to version " + change.from() + ".");
    service.stop();
    versions.switchTo(change.from());
    Optional<String> trouble = trial.start();
    if (trouble.isPresent() && store.exists()) {
      // It may not know the form that the other version has brought the store into.
      console.warn(
          "Version "
              + change.from()
              + " does not come up with what "
              + change.to()
              + " left ("
              + trouble.get().strip()
              + "), and gets the job store and the list of bundles from before. The files of "
              + change.to()
              + " are kept beside them.");
      service.stop();
      store.restore(change.to());
      trouble = trial.start();
    }
    versions.takeBack(change);
    if (trouble.isPresent()) {
      throw CommandFailure.failed(
          "Neither version is well. "
              + change.from()
              + ", which is in its place again: "
              + trouble.get().strip(),
          null);
    }
  }

  private void say(String line) {
    console.say(line);
    console.event("progress", "text", line);
  }
}
