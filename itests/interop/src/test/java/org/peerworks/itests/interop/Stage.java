package org.peerworks.itests.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
  private final StandIn oldServer;
  private Running worker;
  private String session;
  private JsonNode account;
  private Guest guest;

  /** Our worker in the room of an account. */
  record Guest(Running process, String peer) {}

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
    lab.set("HOME", Files.createDirectories(home()).toString());
    if (ourServer) {
      if (generous) {
        // All stand-ins sign in from one address.
        lab.configure("signal-data", "org.peerworks.signaling.server", "signInsPerMinute = 6000\n");
      }
      lab.signal();
      oldServer = null;
    } else {
      ObjectNode options = StandIns.options();
      options.put("ws", port(lab.server().webSocket())).put("http", port(lab.server().http()));
      options.putArray("people").add("ann");
      oldServer = standIns.start("server", options);
      oldServer.expect("ready");
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

  /** The home directory of whoever starts our programs. */
  Path home() {
    return lab.directory().resolve("home");
  }

  /** What our worker shares. */
  Path mount() {
    return mount;
  }

  /** Where our worker looks for packages that clients name (sleap-rtc wire format §2.4). */
  Path inputs() {
    return inputs;
  }

  /** A model that our worker has. */
  Path model() throws IOException {
    return new Packages(Files.createDirectories(mount.resolve("models"))).model();
  }

  /** Lays a package where our worker looks for it; returns its name. */
  String shared(ObjectNode options) throws IOException {
    String labels = options.path("labels").asText("labels.slp");
    String name = options.get("task").textValue() + "-" + labels.replace(".slp", "") + ".zip";
    Packages packages = new Packages(inputs);
    if (options.get("task").textValue().equals("train")) {
      packages.training(name, labels, 3000);
    } else {
      packages.tracking(name, labels, 3000);
    }
    return name;
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
      configure("worker-data", "");
      worker = lab.worker();
      session = Lab.session(worker);
    }
    return worker;
  }

  /**
   * Our worker that takes only clients that know a secret, in a room of its own.
   *
   * @param secret base64url
   */
  Session guarded(String secret) throws IOException {
    configure("guarded-data", "roomSecretFile = " + secretFile("room-secret", secret) + "\n");
    return Session.of(Lab.session(lab.workerAt("guarded-data")));
  }

  /** A file that only its owner can read, as our programs want their secrets. */
  Path secretFile(String name, String secret) throws IOException {
    Path file = lab.directory().resolve(name);
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, secret + "\n");
  }

  private void configure(String data, String more) throws IOException {
    lab.configure(
        data,
        "org.peerworks.job.process",
        "programs = sleap-nn=" + StandIns.PROGRAMS.resolve("sleap-nn") + "\n");
    lab.configure(data, "org.peerworks.files.resolver", "mounts = lab=" + mount + "\n");
    lab.configure(
        data,
        "org.peerworks.protocol.sleap",
        "inputDirectory = %s%noutputDirectory = %s%n%s"
            .formatted(inputs, mount.resolve("outputs"), more));
  }

  /** A person with an account, and the keys that are made for it. */
  synchronized JsonNode account() throws IOException {
    if (account == null && ourServer) {
      Running added = lab.atServer("signal", "user", "add", "ann");
      String password = added.awaitLine("(?i)password[^:]*: *(\\S+)").group(1);
      ObjectNode options = options().put("username", "ann").put("password", password);
      account = standIns.start("person", options).expect("account");
    } else if (account == null) {
      account = oldServer.expect("account");
    }
    return account;
  }

  /** Our worker in the room of the account, where it has come with a worker token. */
  synchronized Guest guest() throws IOException {
    if (guest == null) {
      // It tells who waits in its queue every fourth time.
      configure("guest-data", "keepAliveSeconds = 1\n");
      Path key = secretFile("worker-token", account().get("worker_token").textValue());
      Running process = lab.workerAt("guest-data", "--key-file", key.toString());
      process.awaitLine("Ready for jobs");
      guest = new Guest(process, peerOfGuest());
    }
    return guest;
  }

  private String peerOfGuest() throws IOException {
    ObjectNode look =
        options()
            .put("generation", "G3")
            .put("task", "none")
            .put("jwt", account().get("jwt").textValue())
            .put("room", account().get("room").textValue());
    return standIns.start("client", look).expect("found").get("peers").get(0).textValue();
  }

  /** Our worker, as clients of a generation meet it. */
  Running workerOf(Side generation) throws IOException {
    return generation == Side.G3 ? guest().process() : worker();
  }

  /** Where that worker keeps what is its own. */
  Path dataOf(Side generation) {
    return lab.directory().resolve(generation == Side.G3 ? "guest-data" : "worker-data");
  }

  /** The session string of our worker. */
  String session() throws IOException {
    worker();
    return session;
  }

  /** Log files of our programs that hold a text. */
  List<Path> logsWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(lab.directory())) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .filter(
              file -> {
                try {
                  return Files.readString(file).contains(text);
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
