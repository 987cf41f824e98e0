package org.peerworks.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.peerworks.lib.account.Credentials;
import picocli.CommandLine.Option;

/**
 * Keys that let a worker into a room of an account. An option goes before a variable, the account's
 * key before the room's, as the first programs have it.
 */
final class KeyOptions {

  private static final String DEFAULT_ROOM = "SLEAP_RTC_DEFAULT_ROOM";

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      order = 3,
      description = "File that holds an account key or a worker token, and nothing else.")
  private Path file;

  @Option(
      names = "--account-key",
      paramLabel = "KEY",
      order = 3,
      description = {
        "Account key (slp_acct_…), with --room. Others on this machine can read it in the list of"
            + " processes: better --key-file, or SLEAP_RTC_ACCOUNT_KEY."
      })
  private String accountKey;

  @Option(
      names = {"-k", "--api-key"},
      paramLabel = "KEY",
      order = 3,
      description = "Worker token (slp_…) of one room; better --key-file, or SLEAP_RTC_API_KEY.")
  private String apiKey;

  WorkerEntry entry(String room, String token, Surroundings surroundings) {
    if (Stream.of(file, accountKey, apiKey, token).filter(given -> given != null).count() > 1) {
      throw new UsageException(
          "Give one of --token, --key-file, --account-key and --api-key: each opens a room.");
    }
    Optional<String> named = Optional.ofNullable(room);
    if (file != null) {
      String path = surroundings.directory().resolve(file).normalize().toString();
      return new WorkerEntry(
          named.or(() -> surroundings.variable(DEFAULT_ROOM)),
          Optional.empty(),
          Optional.empty(),
          Optional.of(path));
    }
    Optional<String> key =
        token == null
            ? key(surroundings).or(() -> named.flatMap(id -> kept(id, surroundings)))
            : Optional.empty();
    if (key.isPresent()) {
      boolean ofAccount = key.get().startsWith("slp_acct_");
      Optional<String> where = ofAccount ? named.or(() -> usual(surroundings)) : named;
      if (ofAccount && where.isEmpty()) {
        throw new UsageException("An account key opens several rooms: say which with --room ID.");
      }
      return new WorkerEntry(where, Optional.empty(), key, Optional.empty());
    }
    if (room == null && token != null) {
      throw new UsageException("--token TOKEN needs --room ID. Add it.");
    }
    if (room != null && token == null) {
      throw new UsageException(
          "Nothing opens room '%s': give --token or a key, or make one with 'token create --room %s'."
              .formatted(room, room));
    }
    return new WorkerEntry(named, Optional.ofNullable(token), Optional.empty(), Optional.empty());
  }

  private Optional<String> key(Surroundings surroundings) {
    if (accountKey != null || apiKey != null) {
      return Optional.of(accountKey == null ? apiKey : accountKey);
    }
    return surroundings
        .variable("SLEAP_RTC_ACCOUNT_KEY")
        .or(() -> surroundings.variable("SLEAP_RTC_API_KEY"));
  }

  /** What the credentials have for a room: its own token, else the account's key. */
  private static Optional<String> kept(String room, Surroundings surroundings) {
    Credentials credentials = credentials(surroundings);
    return Optional.ofNullable(credentials.tokens().get(room))
        .map(Credentials.RoomToken::apiKey)
        .or(credentials::accountKey);
  }

  private static Optional<String> usual(Surroundings surroundings) {
    return surroundings.variable(DEFAULT_ROOM).or(() -> credentials(surroundings).defaultRoom());
  }

  private static Credentials credentials(Surroundings surroundings) {
    try {
      return Credentials.read(surroundings.places().credentials());
    } catch (IOException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
