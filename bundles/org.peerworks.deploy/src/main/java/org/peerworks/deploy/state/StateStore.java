package org.peerworks.deploy.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.peerworks.deploy.state.JournalEntry.Event;
import org.peerworks.lib.files.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is deployed, and how it came to that. A power cut at any byte leaves the state before or the
 * state after a transaction. Thread-safe; one process at a time.
 */
public final class StateStore {

  private static final Logger LOG = LoggerFactory.getLogger(StateStore.class);

  private final Path directory;
  private final Disk disk;
  private final Clock clock;
  private final JarStore jars;
  private final Journal journal;
  private DeployedState current;

  private StateStore(Path directory, Disk disk, Clock clock, int underTrial) throws IOException {
    this.directory = directory;
    this.disk = disk;
    this.clock = clock;
    Files.createDirectories(directory.resolve("states"));
    AtomicFiles.sweep(directory);
    AtomicFiles.sweep(directory.resolve("states"));
    jars = new JarStore(directory);
    journal = Journal.open(directory.resolve("journal"), disk, StateJson.MAPPER);
    current = readCurrent();
    endWhatWasBegun(underTrial);
  }

  /** Whether anything was ever deployed below a data directory; costs next to nothing. */
  public static boolean exists(Path data) {
    return Files.exists(directory(data).resolve("journal"));
  }

  /**
   * Opens the store of a data directory, and ends what a kill or power cut left unended.
   *
   * @param underTrial number of the transaction that this start tries; 0 for none
   */
  public static StateStore open(Path data, int underTrial) throws IOException {
    return new StateStore(directory(data), Disk.STABLE, Clock.systemUTC(), underTrial);
  }

  static StateStore open(Path directory, Disk disk, Clock clock) throws IOException {
    return new StateStore(directory, disk, clock, 0);
  }

  private static Path directory(Path data) {
    return data.resolve("bundles");
  }

  public JarStore jars() {
    return jars;
  }

  /** What is deployed. */
  public synchronized DeployedState current() {
    return current;
  }

  /** What waits for the next start. */
  public synchronized Optional<DeployedState> pending() {
    return read(pendingFile());
  }

  /** What was deployed after a transaction; empty if it was not committed or is forgotten. */
  public synchronized Optional<DeployedState> after(int number) {
    return number == 0 ? Optional.of(DeployedState.NONE) : read(stateFile(number));
  }

  /** All steps, oldest first. */
  public synchronized List<JournalEntry> journal() {
    return journal.entries();
  }

  /** Notes that a transaction begins, before anything is changed. */
  public synchronized JournalEntry begin(String what, String by, List<String> plan)
      throws IOException {
    JournalEntry entry = new JournalEntry(nextNumber(), now(), Event.BEGUN, what, by, "", plan);
    journal.add(entry);
    return entry;
  }

  /** Makes a state the one that is deployed. */
  public synchronized void commit(JournalEntry begun, DeployedState state) throws IOException {
    DeployedState numbered = state.numbered(begun.number());
    byte[] content = StateJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(numbered);
    disk.replace(stateFile(begun.number()), content);
    disk.replace(directory.resolve("state.json"), content);
    current = numbered;
    journal.add(begun.then(Event.COMMITTED, now(), ""));
  }

  /** Keeps a state for the next start. */
  public synchronized void defer(JournalEntry begun, DeployedState state, String reason)
      throws IOException {
    disk.replace(pendingFile(), StateJson.MAPPER.writeValueAsBytes(state.numbered(begun.number())));
    journal.add(begun.then(Event.PENDING, now(), reason));
  }

  /** Notes that a transaction changed nothing after all, and why. */
  public synchronized void rolledBack(JournalEntry begun, String reason) throws IOException {
    journal.add(begun.then(Event.ROLLED_BACK, now(), reason));
  }

  /** Notes that something was refused before anything was changed. */
  public synchronized JournalEntry refused(String what, String by, String reason, List<String> plan)
      throws IOException {
    JournalEntry entry =
        new JournalEntry(nextNumber(), now(), Event.REFUSED, what, by, reason, plan);
    journal.add(entry);
    return entry;
  }

  /** Replaces the state by one without what has no effect any more. */
  public synchronized void forget(DeployedState effective) throws IOException {
    disk.replace(
        directory.resolve("state.json"),
        StateJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(effective));
    current = effective;
  }

  /** Notes that something deployed has no effect any more. */
  public synchronized void dropped(String what, String reason) throws IOException {
    journal.add(
        new JournalEntry(nextNumber(), now(), Event.DROPPED, what, "start", reason, List.of()));
  }

  /**
   * Takes what waits for this start: once. If this start fails, the next one goes without.
   *
   * @return the step to commit or roll back
   */
  public synchronized Optional<JournalEntry> takePending() throws IOException {
    Optional<DeployedState> pending = pending();
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    Optional<JournalEntry> asked = last(pending.get().number());
    if (asked.isEmpty() || asked.get().event() != Event.PENDING) {
      forgetPending();
      return Optional.empty();
    }
    JournalEntry begun = asked.get().then(Event.BEGUN, now(), "");
    journal.add(begun);
    return Optional.of(begun);
  }

  /** What waited for a start is done with; those that waited together share one fate. */
  public synchronized void forgetPending() throws IOException {
    Optional<JournalEntry> fate = pending().flatMap(state -> last(state.number()));
    if (fate.isPresent()) {
      for (JournalEntry entry : lastOfEach()) {
        if (entry.event() == Event.PENDING) {
          journal.add(
              entry.then(
                  fate.get().event(), now(), "With transaction " + fate.get().number() + "."));
        }
      }
    }
    Files.deleteIfExists(pendingFile());
  }

  /**
   * Deletes the jars and states of transactions that nobody can roll back to any more.
   *
   * @param keep so many committed states
   * @param inUse hashes of jars that the framework holds
   */
  public synchronized void deleteOld(int keep, Set<String> inUse) throws IOException {
    List<Integer> committed =
        journal.entries().stream()
            .filter(entry -> entry.event() == Event.COMMITTED)
            .map(JournalEntry::number)
            .toList();
    Set<Integer> kept =
        new HashSet<>(committed.subList(Math.max(0, committed.size() - keep), committed.size()));
    kept.add(current.number());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve("states"))) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.matches("[0-9]{1,9}\\.json")
            || !kept.contains(Integer.parseInt(name.substring(0, name.length() - 5)))) {
          Files.deleteIfExists(file);
        }
      }
    }
    Set<String> needed = new HashSet<>(inUse);
    Stream.concat(kept.stream().flatMap(number -> after(number).stream()), pending().stream())
        .flatMap(state -> state.bundles().stream())
        .forEach(bundle -> needed.add(bundle.sha256()));
    current.bundles().forEach(bundle -> needed.add(bundle.sha256()));
    jars.deleteOthers(needed);
  }

  /** The last step of a transaction. */
  public synchronized Optional<JournalEntry> last(int number) {
    return journal.entries().stream()
        .filter(entry -> entry.number() == number)
        .reduce((first, second) -> second);
  }

  private List<JournalEntry> lastOfEach() {
    Map<Integer, JournalEntry> last = new TreeMap<>();
    journal.entries().forEach(entry -> last.put(entry.number(), entry));
    return List.copyOf(last.values());
  }

  private int nextNumber() {
    int journaled = journal.entries().stream().mapToInt(JournalEntry::number).max().orElse(0);
    return Math.max(journaled, current.number()) + 1;
  }

  private DeployedState readCurrent() {
    Path file = directory.resolve("state.json");
    if (Files.notExists(file)) {
      return DeployedState.NONE;
    }
    return read(file).orElseGet(this::lastGood);
  }

  private DeployedState lastGood() {
    List<JournalEntry> entries = journal.entries();
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).event() == Event.COMMITTED) {
        Optional<DeployedState> state = read(stateFile(entries.get(i).number()));
        if (state.isPresent()) {
          LOG.error(
              "'{}' is damaged; the state after transaction {} counts",
              directory.resolve("state.json"),
              state.get().number());
          return state.get();
        }
      }
    }
    LOG.error("'{}' is damaged, and no other is left", directory.resolve("state.json"));
    return DeployedState.NONE;
  }

  /** The state file says what happened: it was replaced before the worker ended, or not. */
  private void endWhatWasBegun(int underTrial) throws IOException {
    for (JournalEntry entry : lastOfEach()) {
      if (entry.event() != Event.BEGUN || entry.number() == underTrial) {
        continue;
      }
      boolean committed = current.number() == entry.number();
      journal.add(
          committed
              ? entry.then(Event.COMMITTED, now(), "")
              : entry.then(
                  Event.ROLLED_BACK, now(), "The worker ended in the middle of this transaction."));
    }
  }

  private Optional<DeployedState> read(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(StateJson.MAPPER.readValue(Files.readAllBytes(file), DeployedState.class))
          : Optional.empty();
    } catch (IOException e) {
      LOG.error("Cannot read '{}'", file, e);
      return Optional.empty();
    }
  }

  private Path stateFile(int number) {
    return directory.resolve("states").resolve(number + ".json");
  }

  private Path pendingFile() {
    return directory.resolve("pending.json");
  }

  private String now() {
    return clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
  }
}
