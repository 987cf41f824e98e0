package org.peerworks.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is done about the worker as a service of systemd on this machine.
 *
 * @param scope whose service it is, and where
 * @param dryRun only say what would be done
 * @param words options of {@code peerworks worker} that the service is started with
 * @param archive the new version; empty for the one before
 * @param sha256 what the archive must be; empty for what {@code SHA256SUMS} beside it says
 * @param patience how long things may take
 */
public record ServiceInvocation(
    Context context,
    Verb verb,
    Scope scope,
    boolean dryRun,
    List<String> words,
    Optional<Path> archive,
    Optional<String> sha256,
    Patience patience)
    implements OwnInvocation {

  /** What is done. */
  public enum Verb {
    INSTALL,
    UNINSTALL,
    UPGRADE,
    CONTINUE,
    ROLLBACK
  }

  /**
   * Whose service it is.
   *
   * @param user of the user who asks; else of the system
   * @param prefix where versions are installed; empty for the usual place
   * @param data directory of the worker; empty for the usual one
   * @param home of the user
   * @param userConfig the user's directory of configuration files
   * @param userData what the worker of the user has by default
   */
  public record Scope(
      boolean user,
      Optional<Path> prefix,
      Optional<Path> data,
      Path home,
      Path userConfig,
      Path userData) {}

  /**
   * How long things may take.
   *
   * @param jobs jobs that cannot go on without the worker
   * @param ready the start of a version
   * @param watch how long it must stay up then
   */
  public record Patience(Duration jobs, Duration ready, Duration watch) {}

  public ServiceInvocation {
    words = List.copyOf(words);
  }
}
