package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Opens the shell of a worker, or runs one command in it.
 *
 * @param data directory of the worker on this machine
 * @param host where another worker is; empty for the one on this machine
 * @param port where it listens; empty for what it says, or the default
 * @param identity private key to come in with
 * @param words of the command; empty for a prompt
 */
public record ShellInvocation(
    Context context,
    Path data,
    Optional<String> host,
    OptionalInt port,
    Optional<Path> identity,
    List<String> words)
    implements OwnInvocation {

  public ShellInvocation {
    words = List.copyOf(words);
  }
}
