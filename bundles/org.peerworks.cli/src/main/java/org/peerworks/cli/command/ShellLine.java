package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "shell",
    description = {
      "Steer a running worker: open its shell, or run one command in it.",
      "The worker must have its SSH door open (org.peerworks.shell.ssh.cfg). Uses the program 'ssh'."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  # The worker on this machine; 'help' lists the commands",
      "  ${COMMAND-FULL-NAME}",
      "  ${COMMAND-FULL-NAME} job:list --json",
      "",
      "  # Another one; an administrator has put your public key into its keys/authorized_users",
      "  ${COMMAND-FULL-NAME} --host gpu-1.example.org worker:drain"
    })
final class ShellLine implements WholeLine {

  @Option(
      names = "--host",
      paramLabel = "HOST",
      order = 1,
      description = "Where the worker is. Default: on this machine.")
  private String host;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      order = 2,
      description = "Where it listens. Default: 7622; on this machine what the worker says.")
  private Integer port;

  @Option(
      names = {"-i", "--identity"},
      paramLabel = "FILE",
      order = 3,
      description =
          "Private key to come in with. Default: what 'ssh' uses; on this machine the worker's own"
              + " key for that.")
  private Path identity;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "A command of the shell and its arguments.")
  private List<String> words = new ArrayList<>();

  @Mixin private DataOption data;

  @Mixin private HelpOptions help;

  @Override
  public Parsed run(Surroundings surroundings) {
    if (host != null && !host.matches("[\\w][\\w.:%-]*")) {
      throw new UsageException("--host: '" + host + "' is no name or address of a machine.");
    }
    if (port != null && (port < 1 || port > 65535)) {
      throw new UsageException("--port: a number from 1 to 65535 was expected, not " + port + ".");
    }
    return OwnOptions.run(
        new ShellInvocation(
            new OwnInvocation.Context(surroundings.places(), Optional.empty(), true, false),
            data.resolve(surroundings),
            Optional.ofNullable(host),
            port == null ? OptionalInt.empty() : OptionalInt.of(port),
            Optional.ofNullable(identity).map(surroundings.directory()::resolve),
            words),
        surroundings);
  }
}
