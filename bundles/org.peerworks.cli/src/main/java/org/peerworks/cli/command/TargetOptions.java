package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which worker a command talks to. */
final class TargetOptions {

  @Option(
      names = {"-s", "--session_string"},
      paramLabel = "SESSION",
      order = 10,
      description = "Session string, as the worker prints it when it starts.")
  private String session;

  @Option(
      names = {"-r", "--room"},
      paramLabel = "ID",
      order = 11,
      description = "Room of the worker, instead of a session string; with --token.")
  private String room;

  @Option(
      names = {"-t", "--token"},
      paramLabel = "TOKEN",
      order = 12,
      description = "Token of the room.")
  private String token;

  @Option(
      names = {"-w", "--worker-id"},
      paramLabel = "ID",
      order = 13,
      description =
          "Which worker of the room: its id, or its name if no other has it."
              + " Default: the only one, or a question.")
  private String workerId;

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
    if (session == null && room == null) {
      throw new UsageException(
          "Which worker? Give --session_string SESSION as the worker prints it,"
              + " or --room ID and --token TOKEN.");
    }
    if (session != null && (room != null || token != null || workerId != null)) {
      throw new UsageException(
          "A session string names room, token and worker."
              + " Leave out --room, --token and --worker-id, or --session_string.");
    }
    if (session == null && token == null) {
      throw new UsageException("Room '" + room + "' needs its token. Add --token TOKEN.");
    }
    return new Invocation.Target(
        server.chosen(surroundings).orElse(Server.LOCAL),
        Optional.ofNullable(session),
        Optional.ofNullable(room),
        Optional.ofNullable(token),
        Optional.ofNullable(workerId),
        directory(surroundings),
        !nonInteractive && !json.chosen(),
        json.chosen());
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
}
