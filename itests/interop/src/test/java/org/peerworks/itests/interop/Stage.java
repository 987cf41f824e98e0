package org.peerworks.itests.interop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.peerworks.itests.distribution.Lab;
import org.peerworks.itests.distribution.Running;

/** A signalling server, ours or the stand-in of the old one, and who meets there. */
final class Stage {

  private final boolean ourServer;
  private final Lab lab;
  private final StandIns standIns;
  private final Path mount;
  private final Path inputs;
  private Running worker;
  private String session;

  Stage(boolean ourServer, Lab lab) throws IOException {
    this(ourServer, lab, true);
  }

  /**
   * @param generous whether our server lets many sign in from one address
   */
  Stage(boolean ourServer, Lab lab, boolean generous) throws IOException {
    this.ourServer = ourServer;
    this.lab = lab;
    this.standIns = new StandIns(lab.directory().resolve("stand-ins"));
    this.mount = Files.createDirectories(lab.directory().resolve("mount"));
    this.inputs = Files.createDirectories(mount.resolve("inputs"));
    // What people have in their home directory is not for tests.
    lab.set("HOME", Files.createDirectories(lab.directory().resolve("home")).toString());
    if (ourServer) {
      if (generous) {
        // All stand-ins sign in from one address.
        lab.configure(
            "signal-data", "org.peerworks.signaling.server", "signInsPerMinute = 6000\n");
      }
      lab.signal();
    } else {
      ObjectNode options = StandIns.options();
      options.put("ws", port(lab.server().webSocket())).put("http", port(lab.server().http()));
      options.putArray("people").add("ann");
      standIns.start("server", options).expect("ready");
    }
  }

  private static int port(URI address) {
    return address.getPort();
  }

  boolean isOurServer() {
    return ourServer;
  }

  Lab lab() {
    return lab;
  }

  StandIns standIns() {
    return standIns;
  }

  /** What our worker shares. */
  Path mount() {
    return mount;
  }

  /** Where our worker looks for packages that clients name (sleap-rtc wire format §2.4). */
  Path inputs() {
    return inputs;
  }

  /** Options with the server's addresses. */
  ObjectNode options() {
    return StandIns.options()
        .put("ws", lab.server().webSocket().toString())
        .put("http", lab.server().http().toString());
  }

  /** Our worker in a room of its own; the same one for all cells. */
  synchronized Running worker() throws IOException {
    if (worker == null) {
      lab.configureWorker(
          "org.peerworks.job.process",
          "programs = sleap-nn=" + StandIns.PROGRAMS.resolve("sleap-nn") + "\n");
      worker = lab.worker();
      session = Lab.session(worker);
    }
    return worker;
  }

  /** The session string of our worker. */
  String session() throws IOException {
    worker();
    return session;
  }

  /** Log files of our programs that hold a secret. */
  List<Path> secretsInLogs(String secret) throws IOException {
    try (Stream<Path> files = Files.walk(lab.directory())) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .filter(
              file -> {
                try {
                  return Files.readString(file).contains(secret);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }

  void close() throws IOException, InterruptedException {
    lab.close();
    standIns.close();
  }
}
