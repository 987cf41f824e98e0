package org.peerworks.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerworks.cli.command.ServiceInvocation.Patience;
import org.peerworks.cli.command.ServiceInvocation.Scope;
import org.peerworks.cli.command.ServiceInvocation.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about the worker as a service of systemd. */
final class ServiceLines {

  static final List<Class<? extends Line>> ALL =
      List.of(InstallLine.class, UninstallLine.class, UpgradeLine.class, RollbackLine.class);

  private static final Patience NONE = new Patience(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  private ServiceLines() {}

  /** Which service is meant. */
  private static final class ScopeOptions {

    @Option(
        names = "--user",
        order = 50,
        description = "A service of yours, without root; else one of the system.")
    private boolean user;

    @Option(
        names = "--prefix",
        paramLabel = "DIR",
        order = 51,
        description =
            "Where versions are installed. Default: /opt/peerworks, or with --user"
                + " ~/.local/lib/peerworks.")
    private Path prefix;

    @Option(
        names = "--dry-run",
        order = 52,
        description = "Say what would be done, and change nothing.")
    private boolean dryRun;

    Scope scope(Surroundings surroundings, Path data) {
      Path config =
          surroundings
              .variable("XDG_CONFIG_HOME")
              .map(Path::of)
              .filter(Path::isAbsolute)
              .orElse(surroundings.user().resolve(".config"));
      return new Scope(
          user,
          Optional.ofNullable(prefix).map(surroundings.directory()::resolve).map(Path::normalize),
          Optional.ofNullable(data).map(surroundings.directory()::resolve).map(Path::normalize),
          surroundings.user(),
          config,
          surroundings.dataDirectory(null));
    }
  }

  @Command(
      name = "install-service",
      description = {
        "Install this version as a service of systemd that starts with the machine: the program, a system user,"
            + " directories for data and configuration, and a hardened unit.",
        "Options of 'worker' that it shall have come last, behind '--'. Needs root, or --user."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  # Look at the unit and the plan first",
        "  ${COMMAND-FULL-NAME} --dry-run",
        "  sudo ${COMMAND-FULL-NAME} -- --server wss://signaling.example.org --name gpu-1"
      })
  static final class InstallLine implements Line {

    @Parameters(
        paramLabel = "OPTION",
        arity = "0..*",
        description = "An option of 'worker' for the service. Default: those that it has.")
    private List<String> words = new ArrayList<>();

    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        order = 90,
        description =
            "Where its jobs, keys and state are kept. Default: /var/lib/peerworks, or with --user"
                + " what 'worker' has.")
    private Path data;

    @Mixin private ScopeOptions scope;

    @Mixin private OwnOptions own;

    @Override
    public Parsed run(Surroundings surroundings) {
      return ServiceLines.run(
          surroundings, own, Verb.INSTALL, scope, data, words, Optional.empty(), null, NONE);
    }
  }

  @Command(
      name = "uninstall-service",
      description =
          "Stop the service and take it away, with the versions that were installed. Data, configuration and the"
              + " system user stay.",
      footerHeading = "%nExample:%n",
      footer = "  sudo ${COMMAND-FULL-NAME}")
  static final class UninstallLine implements Line {

    @Mixin private ScopeOptions scope;

    @Mixin private OwnOptions own;

    @Override
    public Parsed run(Surroundings surroundings) {
      return ServiceLines.run(
          surroundings, own, Verb.UNINSTALL, scope, null, List.of(), Optional.empty(), null, NONE);
    }
  }

  /** How long a change of versions may take. */
  private static final class PatienceOptions {

    @Option(
        names = "--wait",
        paramLabel = "SECONDS",
        order = 10,
        defaultValue = "3600",
        description =
            "How long jobs that cannot go on without the worker may take to end. Default:"
                + " ${DEFAULT-VALUE}.")
    private int wait;

    @Option(
        names = "--ready",
        paramLabel = "SECONDS",
        order = 11,
        defaultValue = "180",
        description =
            "How long the other version may take until it is ready. Default: ${DEFAULT-VALUE}.")
    private int ready;

    @Option(
        names = "--watch",
        paramLabel = "SECONDS",
        order = 12,
        defaultValue = "10",
        description = "How long it must stay well then. Default: ${DEFAULT-VALUE}.")
    private int watch;

    Patience patience() {
      for (int seconds : List.of(wait, ready, watch)) {
        if (seconds < 0 || seconds > 1_000_000) {
          throw new UsageException(
              "A time is given in whole seconds, from 0 to 1000000, not " + seconds + ".");
        }
      }
      return new Patience(
          Duration.ofSeconds(wait), Duration.ofSeconds(ready), Duration.ofSeconds(watch));
    }
  }

  @Command(
      name = "upgrade",
      description = {
        "Upgrade the service in place: check the archive, unpack it beside, let jobs end that cannot go on without the"
            + " worker, stop it, change over, start, and see that it is well; if not, go back.",
        "Data, configuration and what was installed at run time stay. Needs 'install-service' once."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  # SHA256SUMS lies beside it",
        "  sudo ${COMMAND-FULL-NAME} peerworks-worker-0.2.0.tar.gz"
      })
  static final class UpgradeLine implements Line {

    @Parameters(
        paramLabel = "ARCHIVE",
        arity = "0..1",
        description = "The new version: peerworks-worker-VERSION.tar.gz.")
    private Path archive;

    @Option(
        names = "--sha256",
        paramLabel = "HEX",
        order = 1,
        description = "What its SHA-256 is. Default: what the file SHA256SUMS beside it says.")
    private String sha256;

    @Option(
        names = "--continue",
        order = 2,
        description = "End an upgrade that was cut off, and do nothing where none was.")
    private boolean unfinished;

    @Mixin private PatienceOptions patience;

    @Mixin private ScopeOptions scope;

    @Mixin private OwnOptions own;

    @Override
    public Parsed run(Surroundings surroundings) {
      if (unfinished == (archive != null)) {
        throw new UsageException("Which ARCHIVE? Or --continue, for an upgrade that was cut off.");
      }
      if (sha256 != null && !sha256.matches("[0-9a-fA-F]{64}")) {
        throw new UsageException("--sha256: 64 hexadecimal digits were expected.");
      }
      return ServiceLines.run(
          surroundings,
          own,
          unfinished ? Verb.CONTINUE : Verb.UPGRADE,
          scope,
          null,
          List.of(),
          Optional.ofNullable(archive).map(surroundings.directory()::resolve),
          sha256,
          patience.patience());
    }
  }

  @Command(
      name = "rollback",
      description =
          "Go back to the version before, as 'upgrade' goes forward; once more, and it is the newer one again.",
      footerHeading = "%nExample:%n",
      footer = "  sudo ${COMMAND-FULL-NAME}")
  static final class RollbackLine implements Line {

    @Mixin private PatienceOptions patience;

    @Mixin private ScopeOptions scope;

    @Mixin private OwnOptions own;

    @Override
    public Parsed run(Surroundings surroundings) {
      return ServiceLines.run(
          surroundings,
          own,
          Verb.ROLLBACK,
          scope,
          null,
          List.of(),
          Optional.empty(),
          null,
          patience.patience());
    }
  }

  private static Parsed run(
      Surroundings surroundings,
      OwnOptions own,
      Verb verb,
      ScopeOptions scope,
      Path data,
      List<String> words,
      Optional<Path> archive,
      String sha256,
      Patience patience) {
    if (!words.isEmpty()) {
      check(words);
    }
    return OwnOptions.run(
        new ServiceInvocation(
            own.context(surroundings, Optional.empty()),
            verb,
            scope.scope(surroundings, data),
            scope.dryRun,
            words,
            archive,
            Optional.ofNullable(sha256),
            patience),
        surroundings);
  }

  /** What systemd splits at blanks, and nobody quotes. */
  private static void check(List<String> words) {
    for (String word : words) {
      if (!word.matches("[\\w./:=@+,-]+")) {
        throw new UsageException(
            "'"
                + word
                + "' cannot stand in a unit as it is. Install without it, and write it into 'worker.env'.");
      }
      if (word.equals("--shell") || word.startsWith("--data")) {
        throw new UsageException("'" + word + "' is not for a service; see '--help'.");
      }
    }
  }
}
