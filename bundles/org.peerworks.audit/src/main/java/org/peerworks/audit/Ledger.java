package org.peerworks.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.peerworks.audit.api.AuditCheck;
import org.peerworks.audit.api.AuditEntry;
import org.peerworks.audit.api.AuditEvent;
import org.peerworks.audit.api.AuditPage;
import org.peerworks.audit.api.AuditResult;

/** The chain of entries in its files. Not thread-safe. */
final class Ledger implements AutoCloseable {

  static final String WORKER = "worker";
  static final String HERE = "audit";

  private final Segments segments;
  private final Seal seal;
  private final Path anchorFile;
  private final Limits limits;
  private final InstantSource clock;
  private Anchor anchor;
  private LogFile file;

  /**
   * @param bytes of a file, after which the next one begins
   * @param files that are kept beside the one that grows
   */
  record Limits(long bytes, int files) {}

  private Ledger(Segments segments, Seal seal, Path anchorFile, Limits limits, InstantSource clock)
      throws IOException {
    this.segments = segments;
    this.seal = seal;
    this.anchorFile = anchorFile;
    this.limits = limits;
    this.clock = clock;
    this.file = LogFile.open(segments.current());
  }

  /**
   * Opens the log, and mends what a power cut has left. What is mended, or does not fit, becomes an
   * entry.
   *
   * @param directory of the log; made if it is not there
   * @param keys directory of the key and the anchor; made if it is not there
   */
  static Ledger open(Path directory, Path keys, Limits limits, InstantSource clock)
      throws IOException {
    Files.createDirectories(directory);
    Seal seal = Seal.of(keys.resolve("audit.key"));
    Ledger ledger =
        new Ledger(new Segments(directory), seal, keys.resolve("audit.anchor"), limits, clock);
    try {
      ledger.resume();
      return ledger;
    } catch (IOException e) {
      ledger.close();
      throw e;
    }
  }

  private void resume() throws IOException {
    List<AuditEvent> found = new ArrayList<>();
    long torn = cutTorn();
    Optional<Anchor> stored =
        Files.exists(anchorFile) ? Anchor.read(anchorFile, seal) : Optional.of(Anchor.NONE);
    boolean anchorLost = Files.notExists(anchorFile);
    anchor = stored.orElse(Anchor.NONE);
    String last = lastLine();
    if (seal.isNew() && last != null) {
      found.add(noted("The audit key was not there; a new one was made."));
    }
    if (last != null && (stored.isEmpty() || anchorLost)) {
      found.add(noted("The anchor of the log was missing or forged; a new one was made."));
      anchor = firstKept();
    }
    if (torn > 0) {
      found.add(
          AuditEvent.of(
              WORKER,
              HERE,
              "audit:repair",
              AuditResult.DONE,
              torn + " bytes of an entry that was never finished were taken away."));
    }
    long number = last == null ? 0 : AuditLine.read(last).map(l -> l.entry().number()).orElse(0L);
    String hash = last == null ? Seal.NO_HASH : Seal.hash(last);
    if (number < anchor.last() || number == anchor.last() && !hash.equals(anchor.hash())) {
      found.add(
          noted(
              "The log ends with entry "
                  + number
                  + ", which is not entry "
                  + anchor.last()
                  + " that was written last: entries were taken away or replaced."));
    }
    if (last == null) {
      hash = anchor.hash();
    }
    anchor = new Anchor(Math.max(number, anchor.last()), hash, anchor.first(), anchor.before());
    for (AuditEvent event : found) {
      add(event);
    }
  }

  private static AuditEvent noted(String detail) {
    return AuditEvent.of(WORKER, HERE, "audit:check", AuditResult.FAILED, detail);
  }

  /** A line without an end is what a power cut leaves. */
  private long cutTorn() throws IOException {
    try (Lines lines = new Lines(segments.current())) {
      String line = lines.next();
      while (line != null) {
        line = lines.next();
      }
      long torn = file.size() - lines.end();
      if (torn > 0) {
        file.cut(lines.end());
      }
      return torn;
    }
  }

  private String lastLine() throws IOException {
    List<Path> files = segments.all();
    for (int i = files.size() - 1; i >= 0; i--) {
      String last = lastLine(files.get(i));
      if (last != null) {
        return last;
      }
    }
    return null;
  }

  private static String lastLine(Path file) throws IOException {
    String last = null;
    try (Lines lines = new Lines(file)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        last = line;
      }
    }
    return last;
  }

  /** What an anchor says of the beginning, where there is none any more. */
  private Anchor firstKept() throws IOException {
    for (Path path : segments.all()) {
      try (Lines lines = new Lines(path)) {
        String line = lines.next();
        Optional<AuditLine> first = line == null ? Optional.empty() : AuditLine.read(line);
        if (first.isPresent()) {
          return new Anchor(0, Seal.NO_HASH, first.get().entry().number(), first.get().previous());
        }
      }
    }
    return Anchor.NONE;
  }

  /** Adds an entry, durably. */
  AuditEntry add(AuditEvent event) throws IOException {
    if (file.size() >= limits.bytes()) {
      rotate();
    }
    String text = AuditLine.text(anchor.last() + 1, clock.instant(), event, anchor.hash(), seal);
    file.append(text);
    AuditEntry entry =
        AuditLine.read(text)
            .orElseThrow(() -> new IOException("The entry cannot be read back: " + text))
            .entry();
    anchor = new Anchor(entry.number(), entry.hash(), anchor.first(), anchor.before());
    anchor.write(anchorFile, seal);
    return entry;
  }

  /** Whether the file is as this left it. */
  boolean isOurs() throws IOException {
    return file.isOurs();
  }

  private void rotate() throws IOException {
    long first;
    try (Lines lines = new Lines(segments.current())) {
      String line = lines.next();
      first =
          line == null
              ? anchor.last()
              : AuditLine.read(line).map(l -> l.entry().number()).orElse(anchor.last());
    }
    file.close();
    segments.rotate(first);
    file = LogFile.open(segments.current());
    List<Path> full = segments.full();
    for (Path oldest : full.subList(0, Math.max(0, full.size() - limits.files()))) {
      forget(oldest);
    }
  }

  private void forget(Path oldest) throws IOException {
    String last = lastLine(oldest);
    Optional<AuditLine> end = last == null ? Optional.empty() : AuditLine.read(last);
    if (end.isPresent()) {
      anchor =
          new Anchor(
              anchor.last(),
              anchor.hash(),
              end.get().entry().number() + 1,
              end.get().entry().hash());
      anchor.write(anchorFile, seal);
    }
    Files.delete(oldest);
  }

  AuditPage list(long before, int most) throws IOException {
    Deque<AuditEntry> page = new ArrayDeque<>();
    List<Path> files = segments.all();
    for (int i = files.size() - 1; i >= 0 && page.size() <= most; i--) {
      Deque<AuditEntry> ofFile = new ArrayDeque<>();
      int room = most + 1 - page.size();
      try (Lines lines = new Lines(files.get(i))) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          AuditLine.read(line)
              .map(AuditLine::entry)
              .filter(entry -> entry.number() < before)
              .ifPresent(ofFile::addFirst);
          if (ofFile.size() > room) {
            ofFile.removeLast();
          }
        }
      }
      page.addAll(ofFile);
    }
    OptionalLong next = OptionalLong.empty();
    if (page.size() > most) {
      page.removeLast();
      next = OptionalLong.of(page.getLast().number());
    }
    return new AuditPage(List.copyOf(page), next);
  }

  AuditCheck verify() throws IOException {
    return new Verification(segments, seal, anchor).run();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
