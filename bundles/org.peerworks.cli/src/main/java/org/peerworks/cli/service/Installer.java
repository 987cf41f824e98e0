package org.peerworks.cli.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.lib.files.FileTrees;

/** Plans what makes this version a service, and what takes it back. */
final class Installer {

  private final Place place;
  private final Programs programs;
  private final Systemd systemd;
  private final Versions versions;

  Installer(Place place, Programs programs, Systemd systemd) {
    this.place = place;
    this.programs = programs;
    this.systemd = systemd;
    this.versions = new Versions(place.prefix());
  }

  /**
   * @param home the installation that asks
   * @param version its name
   * @param options of {@code peerworks worker}; none leaves those that the service has
   * @param java {@code JAVA_HOME}
   * @throws CommandFailure if another version is installed
   */
  Steps install(Path home, String version, List<String> options, Optional<String> java)
      throws IOException, InterruptedException {
    Steps steps = new Steps();
    program(steps, home, version);
    user(steps);
    directories(steps);
    environment(
        steps, options, Files.exists(home.resolve("java/bin/java")) ? Optional.empty() : java);
    unit(steps, place.unit(), UnitFiles.worker(place));
    unit(steps, place.upgradeUnit(), UnitFiles.upgrade(place));
    steps.add("Note in '" + place.facts() + "' where all of this is", place::save);
    steps.add(
        "Let systemd read the units, and start the worker with the "
            + (place.user() ? "user's first login" : "machine"),
        () -> {
          systemd.reload();
          systemd.enable();
        });
    return steps;
  }

  private void program(Steps steps, Path home, String version) throws IOException {
    Optional<String> current = versions.current();
    if (current.isPresent()) {
      Path there = versions.directory(current.get()).toRealPath();
      if (!there.equals(home) && !current.get().equals(version)) {
        throw CommandFailure.usage(
            "Version "
                + current.get()
                + " is installed in '"
                + place.prefix()
                + "' already. Change to this one with '"
                + place.command("upgrade ARCHIVE")
                + "'.");
      }
      return;
    }
    if (Files.notExists(versions.directory(version))) {
      steps.add(
          "Copy this installation to '" + versions.directory(version) + "'",
          () -> copy(home, version));
    }
    steps.add(
        "Let '" + place.prefix().resolve("current") + "' point to it",
        () -> versions.switchTo(version));
  }

  private void copy(Path home, String version) throws IOException, InterruptedException {
    Path prepared = versions.prepare();
    programs.require(
        "cp", "-r", "--preserve=mode,timestamps,links", home + "/.", prepared.toString());
    settle(programs, prepared);
    versions.add(prepared, version);
  }

  /** Lets everybody read a version, and brings it to stable storage. */
  static void settle(Programs programs, Path prepared) throws IOException, InterruptedException {
    programs.require("chmod", "-R", "u=rwX,go=rX", prepared.toString());
    programs.require("sync", "-f", prepared.toString());
  }

  private void user(Steps steps) throws IOException, InterruptedException {
    if (!place.user() && !programs.run("getent", "passwd", UnitFiles.USER).well()) {
      steps.add(
          "Make the system user '" + UnitFiles.USER + "', who cannot log in",
          () ->
              programs.require(
                  "useradd",
                  "--system",
                  "--user-group",
                  "--no-create-home",
                  "--home-dir",
                  place.data().toString(),
                  "--shell",
                  "/usr/sbin/nologin",
                  UnitFiles.USER));
    }
  }

  private void directories(Steps steps) {
    Path settings = place.data().resolve("config");
    if (Files.notExists(place.data())) {
      steps.add(
          "Make the data directory '" + place.data() + "', for its user alone",
          () -> {
            Directories.closed(place.data());
            Directories.closed(settings);
            own(place.data(), settings);
          });
    }
    Path link = place.configuration().resolve("config");
    if (!Files.isSymbolicLink(link)) {
      steps.add(
          "Make the configuration directory '"
              + place.configuration()
              + "'; 'config' in it is that of the data directory",
          () -> {
            Directories.open(place.configuration());
            Files.createSymbolicLink(link, settings);
          });
    }
  }

  private void own(Path... directories) throws IOException, InterruptedException {
    if (!place.user()) {
      for (Path directory : directories) {
        programs.require(
            "chown", "-h", UnitFiles.USER + ":" + UnitFiles.USER, directory.toString());
      }
    }
  }

  private void environment(Steps steps, List<String> options, Optional<String> java) {
    Path file = place.environment();
    if (Files.notExists(file) || !options.isEmpty()) {
      // It may hold a token.
      steps.add(
          "Write '" + file + "'" + (options.isEmpty() ? "" : " with the options of the worker"),
          () -> AtomicFiles.writeSecret(file, bytes(UnitFiles.environment(options, java))));
    }
  }

  private static void unit(Steps steps, Path file, String text) {
    steps.add(
        "Write '" + file + "'",
        () -> {
          Directories.open(file.getParent());
          AtomicFiles.write(file, bytes(text));
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Takes it back; never data, nor configuration. */
  Steps uninstall() {
    Steps steps = new Steps();
    steps.add("Stop the worker, and do not start it with the machine any more", systemd::disable);
    for (Path unit : List.of(place.upgradeUnit(), place.unit())) {
      steps.add("Delete '" + unit + "'", () -> Files.deleteIfExists(unit));
    }
    steps.add("Let systemd forget the units", systemd::reload);
    for (String own :
        List.of("current", "previous", "pending", "versions", "store-before", "lock")) {
      Path path = place.prefix().resolve(own);
      if (Files.exists(path) || Files.isSymbolicLink(path)) {
        steps.add("Delete '" + path + "'", () -> FileTrees.delete(path));
      }
    }
    steps.add(
        "Delete '" + place.facts() + "'",
        () -> {
          Files.deleteIfExists(place.facts());
          deleteIfEmpty(place.prefix());
        });
    return steps;
  }

  private static void deleteIfEmpty(Path directory) throws IOException {
    try (var left = Files.list(directory)) {
      if (left.findAny().isPresent()) {
        return;
      }
    }
    Files.delete(directory);
  }
}
