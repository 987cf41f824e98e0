package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which worker a command talks to. */
final class TargetOptions {

  private static final List<String> PROTOCOLS = List.of("auto", "peerworks", "g1", "g2", "g3");

  @Option(
      names = {"-s", "--session_string"},
      paramLabel = "SESSION",
      order = 10,
      description =
          "Session string, as the worker prints it when it starts; '-' reads it from standard input."
              + " It holds a secret, which others on this machine can read in the list of processes:"
              + " better '-', or PEERWORKS_SESSION.")
  private String session;

  @Option(
      names = {"-r", "--room"},
      paramLabel = "ID",
      order = 11,
      description =
          "Room of the worker, instead of a session string; with --token, or as its member who has"
              + " signed in.")
  private String room;

  @Option(
      names = {"-t", "--token"},
      paramLabel = "TOKEN",
      order = 12,
      description = "Token of the room; '-' reads it from standard input. Or PEERWORKS_TOKEN.")
  private String token;

  @Option(
      names = {"-w", "--worker-id"},
      paramLabel = "ID",
      order = 13,
      description =
          "Which worker of the room: its id, or its name if no other has it."
              + " Default: the only one, or a question.")
  private String workerId;

  @Option(
      names = {"-a", "--auto-select"},
      order = 14,
      description = "Take a free worker of the room, the one with the most GPU memory.")
  private boolean automatic;

  @Option(
      names = "--min-gpu-memory",
      paramLabel = "MB",
      order = 15,
      converter = Memory.class,
      description = "Only workers whose GPU has at least so much memory.")
  private Integer minGpuMemory;

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      order = 16,
      defaultValue = "auto",
      description =
          "What to speak with the worker: auto, peerworks, or a generation of sleap-rtc, g1, g2 or"
              + " g3. Default: ${DEFAULT-VALUE}, by what the worker says of itself.")
  private String protocol;

  @Option(
      names = "--room-secret",
      paramLabel = "SECRET",
      order = 17,
      description = {
        "Secret of the room, if the worker asks for it. Others on this machine can read it in the"
            + " list of processes: better SLEAP_ROOM_SECRET, or a file in ~/.sleap-rtc/room-secrets."
      })
  private String roomSecret;

  @Mixin private ServerOptions server;

  @Option(
      names = "--working-dir",
      paramLabel = "DIR",
      order = 70,
      description = "Where relative paths start and results go. Default: the current directory.")
  private Path workingDirectory;

  @Option(
      names = "--non-interactive",
      order = 71,
      description = "Never ask a question; fail where an answer is needed.")
  private boolean nonInteractive;

  @Mixin private JsonOption json;

  @Mixin private DataOption data;

  Invocation.Target target(Surroundings surroundings) {
    secrets(surroundings);
    Optional<String> where = Optional.ofNullable(room);
    if (session != null && (room != null || token != null || workerId != null)) {
      throw new UsageException(
          "A session string names room, token and worker."
              + " Leave out --room, --token and --worker-id, or --session_string.");
    }
    if (session == null) {
      where = where.or(() -> OwnAccount.usualRoom(surroundings));
      if (where.isEmpty()) {
        throw new UsageException(
            "Which worker? Give --session_string SESSION as the worker prints it,"
                + " or --room ID and --token TOKEN.");
      }
      if (token == null && !OwnAccount.opensRooms(surroundings)) {
        throw new UsageException(
            "Room '" + where.get() + "' needs its token. Add --token TOKEN, or sign in.");
      }
    }
    return new Invocation.Target(
        server.chosen(surroundings).orElse(Server.LOCAL),
        Optional.ofNullable(session),
        where,
        Optional.ofNullable(token),
        choice(),
        new Invocation.Access(surroundings.places(), Optional.ofNullable(roomSecret)),
        directory(surroundings),
        !nonInteractive && !json.chosen(),
        json.chosen());
  }

  /**
   * Variables count where no option says another way; a room of one's own goes before a session.
   */
  private void secrets(Surroundings surroundings) {
    if ("-".equals(session)) {
      session = FirstLine.of(System.in, "session string");
    } else if (session == null && room == null && token == null && workerId == null) {
      session = surroundings.variable("PEERWORKS_SESSION").orElse(null);
    }
    if ("-".equals(token)) {
      token = FirstLine.of(System.in, "token");
    } else if (session == null && token == null) {
      token = surroundings.variable("PEERWORKS_TOKEN").orElse(null);
    }
  }

  private Invocation.Choice choice() {
    String name = protocol.toLowerCase(Locale.ROOT);
    if (!PROTOCOLS.contains(name)) {
      throw new UsageException(
          "--protocol is one of " + String.join(", ", PROTOCOLS) + ", but was " + protocol + ".");
    }
    if (automatic && workerId != null) {
      throw new UsageException("--auto-select and --worker-id exclude each other. Leave one.");
    }
    return new Invocation.Choice(
        Optional.ofNullable(workerId),
        automatic,
        minGpuMemory == null ? 0 : minGpuMemory,
        name.equals("auto") ? "" : name);
  }

  /** A path as typed, from the working directory. */
  Path resolve(Path path, Surroundings surroundings) {
    return directory(surroundings).resolve(path).normalize();
  }

  Path dataDirectory(Surroundings surroundings) {
    return data.resolve(surroundings);
  }

  private Path directory(Surroundings surroundings) {
    Path current = surroundings.directory();
    return workingDirectory == null ? current : current.resolve(workingDirectory).normalize();
  }

  /** Memory of a GPU. */
  static final class Memory implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return Numbers.between(value, 0, 10_000_000);
    }
  }
}
