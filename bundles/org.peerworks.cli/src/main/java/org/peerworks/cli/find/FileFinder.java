package org.peerworks.cli.find;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.job.WorkerPaths;
import org.peerworks.cli.select.FileRows;
import org.peerworks.cli.select.Row;
import org.peerworks.cli.select.SearchRemarks;
import org.peerworks.cli.select.Selector;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.PlainText;
import org.peerworks.cli.terminal.Table;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.MountStatus;
import org.peerworks.files.api.SearchOutcome;

/**
 * Which file of a worker is meant: the one at an absolute path, else one that a person chooses
 * among those that the worker finds. Nothing that was only found is taken without being confirmed.
 */
public final class FileFinder {

  private static final Duration BEST = Duration.ofSeconds(1);

  private final Connection connection;
  private final Console console;
  private final Selector selector;
  private final boolean interactive;

  /**
   * @param interactive whether a person may be asked
   */
  public FileFinder(
      Connection connection, Console console, Selector selector, boolean interactive) {
    this.connection = connection;
    this.console = console;
    this.selector = selector;
    this.interactive = interactive && console.person();
  }

  /**
   * Finds a file.
   *
   * @param typed a path, a name or a pattern
   * @param mapped the same after the user's path mappings
   * @return its absolute path at the worker
   * @throws CommandFailure if there is none, or nobody has chosen one
   */
  public String find(String typed, String mapped, Wanted wanted)
      throws java.io.IOException, InterruptedException {
    FileResolver files = files(typed);
    if (WorkerPaths.isAbsolute(mapped)) {
      Optional<FileEntry> exact = exact(files, mapped);
      if (exact.isPresent()) {
        return taken(requireFile(exact.get(), wanted));
      }
    }
    console.status("Looking for '" + typed + "' at worker '" + connection.workerName() + "' ...");
    try (Findings findings = new Findings(connection, files, mapped, wanted)) {
      findings.awaitFirst(BEST);
      if (!interactive || findings.candidates().isEmpty()) {
        SearchOutcome end = findings.await();
        console.endStatus();
        if (findings.candidates().isEmpty()) {
          throw nothing(files, typed, wanted, end);
        }
        if (!interactive) {
          throw listed(typed, findings.candidates(), end);
        }
      }
      Optional<Row> chosen = selector.choose(question(typed), findings);
      if (connection.isLost()) {
        findings.await();
      }
      return taken(
          chosen
              .map(Row::path)
              .orElseThrow(() -> CommandFailure.cancelled("No file was chosen; there is no job.")));
    } catch (FileAccessException e) {
      throw explained(e);
    } finally {
      console.endStatus();
    }
  }

  private FileResolver files(String typed) {
    return connection
        .files()
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "There is no file '"
                        + typed
                        + "' here, and worker '"
                        + connection.workerName()
                        + "' cannot be asked for its files."));
  }

  private String question(String typed) {
    return "Which file of worker '%s' is '%s'?".formatted(connection.workerName(), typed);
  }

  private String taken(String path) {
    console.say("Using '" + path + "' of worker '" + connection.workerName() + "'.");
    console.event("found", "path", path);
    return path;
  }

  /** The file or directory at a path; empty if there is none that the worker shows. */
  private Optional<FileEntry> exact(FileResolver files, String path) throws InterruptedException {
    try {
      return Optional.of(connection.await(files.look(path)));
    } catch (FileAccessException e) {
      if (e.code() == Code.PATH_NOT_FOUND
          || e.code() == Code.ACCESS_DENIED
          || e.code() == Code.INVALID_REQUEST) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String requireFile(FileEntry entry, Wanted wanted) {
    if (entry.directory() || !wanted.fits(entry.name())) {
      throw CommandFailure.usage(
          "'%s' of the worker is %s. Wanted: %s."
              .formatted(
                  PlainText.of(entry.path()),
                  entry.directory() ? "a folder" : "another file",
                  wanted.what()));
    }
    return entry.path();
  }

  private CommandFailure nothing(FileResolver files, String typed, Wanted wanted, SearchOutcome end)
      throws InterruptedException {
    String message =
        "There is no file '%s' here, and none like it at worker '%s', which looked at %d files and folders in %s."
            .formatted(typed, connection.workerName(), end.seen(), mounts(files));
    List<String> remarks = SearchRemarks.of(end);
    String more = remarks.isEmpty() ? "" : " Note: " + String.join("; ", remarks) + ".";
    String other =
        end.candidates().isEmpty() ? "" : " It found others, but wanted is " + wanted.what() + ".";
    return CommandFailure.usage(message + other + more);
  }

  private String mounts(FileResolver files) throws InterruptedException {
    List<MountStatus> mounts = connection.await(files.info()).mounts();
    return mounts.isEmpty()
        ? "no mount: it shows no files. Its administrator can add mounts"
        : mounts.stream()
            .map(status -> "'" + PlainText.of(status.mount().label()) + "'")
            .collect(Collectors.joining(", "));
  }

  private CommandFailure listed(String typed, List<Candidate> candidates, SearchOutcome end) {
    Table table = new Table("PATH", "SIZE", "MODIFIED", "MOUNT");
    for (Candidate candidate : candidates) {
      Row row = FileRows.of(candidate);
      table.row(row.shownPath(), row.size(), row.date(), row.mount());
    }
    if (!console.json()) {
      table.lines().forEach(console::say);
      SearchRemarks.of(end).forEach(console::warn);
    }
    console.event(
        "candidates",
        "pattern",
        typed,
        "candidates",
        candidates.stream().map(FileRows::json).toList(),
        "truncated",
        end.truncated(),
        "timeout",
        end.timeout(),
        "unavailable",
        end.unavailable());
    return CommandFailure.choice(
        "'%s' is not here. Worker '%s' has %s. Give the absolute path of the one you mean."
            .formatted(
                typed,
                connection.workerName(),
                candidates.size() == 1 ? "one like it" : candidates.size() + " like it"));
  }

  private static RuntimeException explained(FileAccessException refusal) {
    return switch (refusal.code()) {
      case PATTERN_TOO_BROAD, INVALID_REQUEST ->
          CommandFailure.usage(refusal.getMessage(), refusal);
      default -> refusal;
    };
  }
}
