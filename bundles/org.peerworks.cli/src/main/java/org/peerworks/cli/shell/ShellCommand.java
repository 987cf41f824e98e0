package org.peerworks.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.ShellInvocation;

/** Hands terminal and streams to OpenSSH's client, with all that it needs for a worker. */
public final class ShellCommand {

  private static final String PLAIN = "[\\w./:=@%+,-]+";
  private static final String DEFAULT_PORT = "7622";

  /** What {@code ssh} ends with when there is no connection. */
  private static final int NO_CONNECTION = 255;

  /**
   * Runs until the shell or its command ends.
   *
   * @return exit status of the program
   */
  public int run(ShellInvocation shell) throws IOException, InterruptedException {
    Process ssh;
    try {
      ssh = new ProcessBuilder(command(shell)).inheritIO().start();
    } catch (IOException e) {
      throw CommandFailure.usage(
          "Cannot start 'ssh'. Install it (Debian: apt-get install openssh-client).", e);
    }
    try {
      int status = ssh.waitFor();
      return status == NO_CONNECTION ? ExitStatus.NO_CONNECTION : status;
    } finally {
      ssh.destroy();
    }
  }

  /** The command line of {@code ssh}; no shell reads it. */
  static List<String> command(ShellInvocation shell) throws IOException {
    List<String> words = new ArrayList<>(List.of("ssh"));
    if (shell.host().isPresent()) {
      words.addAll(
          List.of("-p", shell.port().isPresent() ? "" + shell.port().getAsInt() : DEFAULT_PORT));
      shell.identity().ifPresent(file -> words.addAll(identity(file)));
    } else {
      words.addAll(local(shell));
    }
    words.addAll(
        List.of("-x", "-a", "-l", "peerworks", "--", shell.host().orElse("peerworks-local")));
    if (!shell.words().isEmpty()) {
      words.add(line(shell.words()));
    }
    return words;
  }

  private static List<String> identity(Path file) {
    return List.of("-i", file.toString(), "-o", "IdentitiesOnly=yes");
  }

  /** The worker says where it listens and which key it has. */
  private static List<String> local(ShellInvocation shell) throws IOException {
    Path address = shell.data().resolve("shell-address");
    if (Files.notExists(address)) {
      throw CommandFailure.noConnection(
          "No worker with an open SSH door runs on '"
              + shell.data()
              + "'. Set 'enabled = true' in '"
              + shell.data().resolve("config").resolve("org.peerworks.shell.ssh.cfg")
              + "' and start the worker again, or name another one with --host.");
    }
    String[] found = Files.readString(address).strip().split(" ");
    if (found.length != 2 || !found[1].matches("\\d{1,5}")) {
      throw CommandFailure.usage("'" + address + "' does not say where the worker listens.");
    }
    Path keys = shell.data().resolve("keys");
    String host = found[0].equals("0.0.0.0") || found[0].equals("::") ? "127.0.0.1" : found[0];
    List<String> words =
        new ArrayList<>(
            List.of(
                "-F",
                "none",
                "-p",
                shell.port().isPresent() ? "" + shell.port().getAsInt() : found[1],
                "-o",
                "HostName=" + host,
                "-o",
                "HostKeyAlias=peerworks-local",
                "-o",
                "UserKnownHostsFile=\"" + keys.resolve("shell_known_hosts") + "\"",
                "-o",
                "GlobalKnownHostsFile=none",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "LogLevel=ERROR"));
    words.addAll(identity(shell.identity().orElse(keys.resolve("shell_local"))));
    return words;
  }

  /** One word is a whole line; of several each stands for itself. */
  private static String line(List<String> words) {
    return words.size() == 1
        ? words.get(0)
        : words.stream()
            .map(word -> word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
  }
}
