package org.peerworks.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerworks.audit.api.AuditCheck;

/** Reads the whole log against its seals, its chain and its anchor. */
final class Verification {

  private static final int MOST_PROBLEMS = 20;

  private final Segments segments;
  private final Seal seal;
  private final Anchor anchor;
  private final List<String> problems = new ArrayList<>();
  private long entries;
  private long last;
  private String hash;
  private boolean anchored;

  /**
   * @param anchor of now
   */
  Verification(Segments segments, Seal seal, Anchor anchor) {
    this.segments = segments;
    this.seal = seal;
    this.anchor = anchor;
    this.last = anchor.first() - 1;
    this.hash = anchor.before();
    this.anchored = anchor.last() <= last;
  }

  AuditCheck run() throws IOException {
    for (Path file : segments.all()) {
      try (Lines lines = new Lines(file)) {
        int number = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
          entries++;
          check(line, file.getFileName() + ", line " + ++number);
        }
      }
    }
    if (!anchored) {
      problem(
          "Entry "
              + anchor.last()
              + " is missing or is another one: entries were taken away or replaced at the end.");
    }
    return new AuditCheck(entries, anchor.first(), last, hash, problems);
  }

  private void check(String text, String where) {
    Optional<AuditLine> read = AuditLine.read(text);
    if (read.isEmpty()) {
      problem(where + ": this is no entry of the audit log.");
      last++;
      hash = Seal.hash(text);
      return;
    }
    AuditLine line = read.get();
    long number = line.entry().number();
    if (!seal.isSealed(line.body(), line.seal())) {
      problem(
          where
              + ": entry "
              + number
              + " was changed, or not written by this worker: its seal is not of the audit key.");
    }
    if (number != last + 1) {
      problem(where + ": entry " + number + " follows entry " + last + ".");
    } else if (!line.previous().equals(hash)) {
      problem(
          where + ": entry " + number + " was not written after the entry that stands before it.");
    }
    last = number;
    hash = line.entry().hash();
    anchored |= number == anchor.last() && hash.equals(anchor.hash());
  }

  private void problem(String text) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(text);
    } else if (problems.size() == MOST_PROBLEMS) {
      problems.add("There are more problems.");
    }
  }
}
