package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "worker",
    description = {
      "Start a worker: it enters a room, prints how to reach it, and runs the jobs it is sent.",
      "Room and token stay the same after a restart. Ends on Ctrl-C or SIGTERM."
    },
    synopsisSubcommandLabel = "[COMMAND]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  # One machine for everything: worker and signalling server in one process",
      "  ${COMMAND-FULL-NAME} --with-signal",
      "",
      "  # A worker of a lab that has a signalling server",
      "  ${COMMAND-FULL-NAME} --server wss://signaling.example.org --name gpu-1",
      "",
      "  # A worker in a room of your account; the file holds the key and nothing else",
      "  ${COMMAND-FULL-NAME} --server wss://signaling.example.org --room a1b2c3d4 --key-file lab.key"
    })
final class WorkerLine implements Line, Group {

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      order = 1,
      description = "Name that clients see. Default: the host's name.")
  private String name;

  @Option(
      names = {"-r", "--room"},
      paramLabel = "ID",
      order = 2,
      description = {
        "Enter this room; with --token or a key, or with what 'token create' or 'key create --save' kept.",
        "Default: the room of last time, else a new one; with an account key SLEAP_RTC_DEFAULT_ROOM."
      })
  private String room;

  @Option(
      names = {"-t", "--token"},
      paramLabel = "TOKEN",
      order = 3,
      description = "Token of the room.")
  private String token;

  @Mixin private KeyOptions keys = new KeyOptions();

  @Option(
      names = "--with-signal",
      order = 4,
      description = "Run the signalling server inside, on the address that --server says.")
  private boolean withSignal;

  @Option(
      names = "--shell",
      order = 5,
      description = "Give this terminal a command prompt: job:list, worker:info, help, …")
  private boolean shell;

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = {"-w", "--working-dir"},
      paramLabel = "DIR",
      order = 6,
      description =
          "Where relative paths of clients and of mounts start."
              + " Default: the first mount; 'mounts' are configured.")
  private Path workingDirectory;

  @Option(
      names = "--room-secret",
      paramLabel = "SECRET",
      order = 7,
      description = {
        "Secret of the room, which clients of sleap-rtc must know then. Others on this machine can"
            + " read it in the list of processes: better SLEAP_ROOM_SECRET, or keys/sleap-room-secret"
            + " in the data directory."
      })
  private String roomSecret;

  @Option(
      names = "--max-reconnect-time",
      paramLabel = "TIME",
      order = 8,
      description =
          "Accepted for scripts of sleap-rtc, and without effect: a worker tries to reach its"
              + " server until it is stopped, and says so in its log.")
  private String maxReconnectTime;

  @Option(
      names = {"-v", "--verbose"},
      order = 9,
      description =
          "Accepted for scripts of sleap-rtc, and without effect: the log file has everything.")
  private boolean verbose;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      order = 90,
      description =
          "Where jobs, keys and state are kept."
              + " Default: PEERWORKS_DATA, else in the user's home.")
  private Path data;

  @Mixin private HelpOptions help;

  @Override
  public List<Class<? extends Line>> lines() {
    return ServiceLines.ALL;
  }

  /** A worker that is about to start has no time for commands that are not meant. */
  @Override
  public boolean mayBeMeant(List<String> rest) {
    return !rest.isEmpty() && (!rest.get(0).startsWith("-") || rest.get(0).matches("-h|--help"));
  }

  @Override
  public Parsed.Run run(Surroundings surroundings) {
    WorkerEntry entry = keys.entry(room, token, surroundings);
    if (shell && json.chosen()) {
      throw new UsageException("--shell needs the terminal, so --json cannot have it. Leave one.");
    }
    if (maxReconnectTime != null) {
      surroundings
          .err()
          .println("--max-reconnect-time has no effect: the worker tries until it is stopped.");
    }
    Optional<Server> told = withSignal ? server.told(surroundings) : server.chosen(surroundings);
    return new Parsed.Run(
        new Invocation.Worker(told, withSignal, shell, json.chosen()),
        Plans.worker(
            told,
            Optional.ofNullable(name),
            entry,
            withSignal,
            shell,
            Optional.ofNullable(workingDirectory).map(surroundings.directory()::resolve),
            Optional.ofNullable(roomSecret),
            surroundings.dataDirectory(data)));
  }
}
