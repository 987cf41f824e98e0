package org.peerworks.cli.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ServiceInvocation.Scope;
import org.peerworks.lib.files.AtomicFiles;

/**
 * Where the service is.
 *
 * @param user whether it is a user's; else the system's
 * @param prefix holds versions, and links to the current and the previous one
 * @param data directory of the worker
 * @param configuration holds {@code worker.env}
 * @param units where systemd looks for units of administrators
 */
record Place(boolean user, Path prefix, Path data, Path configuration, Path units) {

  private static final String FACTS = "service.properties";
  private static final String PLAIN = "/[A-Za-z0-9_./+-]*";

  Place {
    for (Path path : new Path[] {prefix, data, configuration, units}) {
      if (!path.toString().matches(PLAIN)) {
        throw CommandFailure.usage(
            "'"
                + path
                + "' cannot stand in a unit: name a directory with letters, digits and . _ + - only.");
      }
    }
  }

  /** Where a new service goes. */
  static Place wanted(Scope scope) {
    return scope.user()
        ? new Place(
            true,
            scope.prefix().orElse(scope.home().resolve(".local/lib/peerworks")),
            scope.data().orElse(scope.userData()),
            scope.userConfig().resolve("peerworks"),
            scope.userConfig().resolve("systemd/user"))
        : new Place(
            false,
            scope.prefix().orElse(Path.of("/opt/peerworks")),
            scope.data().orElse(Path.of("/var/lib/peerworks")),
            Path.of("/etc/peerworks"),
            Path.of("/etc/systemd/system"));
  }

  /**
   * Where the service was installed.
   *
   * @throws CommandFailure if it was not
   */
  static Place installed(Scope scope) throws IOException {
    Place wanted = wanted(scope);
    Path file = wanted.prefix.resolve(FACTS);
    if (Files.notExists(file)) {
      throw CommandFailure.usage(
          "No service is installed in '"
              + wanted.prefix
              + "'. 'worker install-service' makes one"
              + (scope.user() ? "" : "; one of yours is found with --user")
              + ". A worker that is started by hand is upgraded by unpacking the new archive beside the"
              + " old one and starting it from there.");
    }
    Properties facts = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      facts.load(in);
    }
    return new Place(
        Boolean.parseBoolean(facts.getProperty("user")),
        wanted.prefix,
        fact(facts, file, "data"),
        fact(facts, file, "configuration"),
        fact(facts, file, "units"));
  }

  private static Path fact(Properties facts, Path file, String name) {
    String value = facts.getProperty(name);
    if (value == null) {
      throw CommandFailure.usage("'" + file + "' is damaged. Run 'worker install-service' again.");
    }
    return Path.of(value);
  }

  /** Notes this for later commands. */
  void save() throws IOException {
    Properties facts = new Properties();
    facts.setProperty("user", Boolean.toString(user));
    facts.setProperty("data", data.toString());
    facts.setProperty("configuration", configuration.toString());
    facts.setProperty("units", units.toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    facts.store(out, "Where the service peerworks-worker is. Written by install-service.");
    AtomicFiles.write(prefix.resolve(FACTS), out.toByteArray());
  }

  Path facts() {
    return prefix.resolve(FACTS);
  }

  Path environment() {
    return configuration.resolve("worker.env");
  }

  Path unit() {
    return units.resolve(Systemd.WORKER);
  }

  Path upgradeUnit() {
    return units.resolve(Systemd.UPGRADE);
  }

  /** How a person calls a command about this service. */
  String command(String rest) {
    return prefix.resolve("current/bin/peerworks") + " worker " + rest + (user ? " --user" : "");
  }

  String systemctl(String rest) {
    return "systemctl " + (user ? "--user " : "") + rest;
  }
}
