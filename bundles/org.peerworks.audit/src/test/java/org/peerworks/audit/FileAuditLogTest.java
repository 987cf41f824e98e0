package org.peerworks.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.audit.api.AuditCheck;
import org.peerworks.audit.api.AuditEntry;
import org.peerworks.audit.api.AuditEvent;
import org.peerworks.audit.api.AuditPage;
import org.peerworks.audit.api.AuditResult;

class FileAuditLogTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir private Path data;
  private FileAuditLog log;

  @BeforeEach
  void open() {
    log = log(1 << 20, 10);
  }

  @AfterEach
  void close() throws IOException {
    log.close();
  }

  @Test
  void entriesAreListedNewestFirstPageByPage() throws IOException {
    record(5);

    AuditPage newest = log.list(Long.MAX_VALUE, 2);
    AuditPage next = log.list(newest.next().orElseThrow(), 3);

    assertThat(newest.entries()).extracting(AuditEntry::number).containsExactly(5L, 4L);
    assertThat(next.entries()).extracting(AuditEntry::number).containsExactly(3L, 2L, 1L);
    assertThat(next.next()).isEqualTo(OptionalLong.empty());
    assertThat(newest.entries().get(0).event()).isEqualTo(event(5));
    assertThat(newest.entries().get(0).at()).isEqualTo(NOW);
  }

  @Test
  void anEndPointsAtWhatHasBegun() throws IOException {
    AuditEvent begin = AuditEvent.of("anna", "terminal", "job:stop 1", AuditResult.BEGUN, "");
    AuditEntry begun = log.record(begin);
    AuditEntry end = log.record(begin.ended(begun, AuditResult.FAILED, "No such job."));

    assertThat(end.event().begun()).isEqualTo(begun.number());
    assertThat(end.event().what()).isEqualTo("job:stop 1");
  }

  @Test
  void theLogAndItsKeyBelongToTheOwnerOnly() throws IOException {
    record(1);

    for (Path file : List.of(current(), key(), anchor())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as("%s", file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aRestartGoesOnWithTheChain() throws IOException {
    record(2);
    reopen();
    AuditEntry third = log.record(event(3));

    assertThat(third.number()).isEqualTo(3);
    AuditCheck check = log.verify();
    assertThat(check.problems()).isEmpty();
    assertThat(check.entries()).isEqualTo(3);
    assertThat(check.hash()).isEqualTo(third.hash());
  }

  @Test
  void everyChangedByteIsFound() throws IOException {
    record(3);
    byte[] whole = Files.readAllBytes(current());
    close();
    for (int at = 0; at < whole.length; at += 41) {
      byte[] forged = whole.clone();
      forged[at] = (byte) (forged[at] == '7' ? '8' : '7');
      Files.write(current(), forged);
      log = log(1 << 20, 10);
      assertThat(log.verify().problems()).as("byte %s", at).isNotEmpty();
      close();
    }
  }

  @Test
  void aForgedLineIsFoundAndOnRecord() throws IOException {
    record(3);
    String text = Files.readString(current()).replace("job:cancel 2", "job:cancel 9");
    Files.writeString(current(), text);

    AuditCheck check = log.verify();

    assertThat(check.problems())
        .anySatisfy(
            problem -> assertThat(problem).contains("audit.log, line 2").contains("entry 2"));
    assertThat(log.list(Long.MAX_VALUE, 1).entries().get(0).event())
        .satisfies(
            event -> {
              assertThat(event.what()).isEqualTo("audit:check");
              assertThat(event.result()).isEqualTo(AuditResult.FAILED);
              assertThat(event.detail()).contains("line 2");
            });
  }

  @Test
  void aChainThatSomebodyElseWroteAnewIsFound() throws IOException {
    record(3);
    close();
    Path elsewhere = Files.createDirectory(data.resolve("elsewhere"));
    try (Ledger other =
        Ledger.open(
            elsewhere.resolve("log"),
            elsewhere.resolve("keys"),
            new Ledger.Limits(1 << 20, 10),
            () -> NOW)) {
      for (int i = 1; i <= 3; i++) {
        other.add(AuditEvent.of("nobody", "nowhere", "look " + i, AuditResult.DONE, ""));
      }
    }
    Files.copy(
        elsewhere.resolve("log/audit.log"),
        current(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    log = log(1 << 20, 10);

    assertThat(log.verify().problems()).anyMatch(p -> p.contains("seal"));
  }

  @Test
  void entriesThatWereTakenAwayAtTheEndAreMissed() throws IOException {
    record(4);
    close();
    List<String> lines = Files.readAllLines(current());
    Files.write(current(), lines.subList(0, 2));
    log = log(1 << 20, 10);

    assertThat(log.list(Long.MAX_VALUE, 1).entries().get(0).event().detail())
        .contains("ends with entry 2")
        .contains("entry 4");
    assertThat(log.verify().problems()).isNotEmpty();
  }

  @Test
  void aLogThatIsGoneIsMissedAndDoesNotBeginAnew() throws IOException {
    record(2);
    close();
    Files.delete(current());
    log = log(1 << 20, 10);

    AuditEntry next = log.record(event(1));

    assertThat(next.number()).isEqualTo(4);
    assertThat(log.list(Long.MAX_VALUE, 9).entries()).hasSize(2);
    assertThat(log.verify().problems()).isNotEmpty();
  }

  @Test
  void aLogThatIsMovedAwayUnderARunningWorkerIsMissed() throws IOException {
    record(2);
    Files.move(current(), data.resolve("away"));

    log.record(event(3));

    assertThat(Files.readString(current())).contains("audit:check").contains("job:cancel 3");
  }

  @Test
  void everyTornLastLineIsMendedAndOnRecord() throws IOException {
    record(2);
    long whole = Files.size(current());
    record(1);
    byte[] all = Files.readAllBytes(current());
    Path keys = data.resolve("keys");
    close();
    for (int end = (int) whole + 1; end < all.length; end += 67) {
      Files.write(current(), Arrays.copyOf(all, end));
      restoreAnchorOf(2, keys);
      log = log(1 << 20, 10);

      assertThat(log.verify().problems()).isEmpty();
      AuditEntry last = log.list(Long.MAX_VALUE, 1).entries().get(0);
      assertThat(last.number()).isEqualTo(3);
      assertThat(last.event().what()).isEqualTo("audit:repair");
      assertThat(last.event().detail()).startsWith(end - whole + " bytes");
      close();
    }
  }

  /** The anchor is written after the line, so a cut line is none that it knows. */
  private void restoreAnchorOf(int number, Path keys) throws IOException {
    AuditLine line = AuditLine.read(Files.readAllLines(current()).get(number - 1)).orElseThrow();
    new Anchor(number, line.entry().hash(), 1, Seal.NO_HASH)
        .write(anchor(), Seal.of(keys.resolve("audit.key")));
  }

  @Test
  void aPowerCutBetweenLineAndAnchorChangesNothing() throws IOException {
    record(3);
    close();
    restoreAnchorOf(2, data.resolve("keys"));
    log = log(1 << 20, 10);

    assertThat(log.verify().problems()).isEmpty();
    assertThat(log.record(event(4)).number()).isEqualTo(4);
  }

  @Test
  void fullFilesKeepTheChainAndTheOldestGo() throws IOException {
    close();
    log = log(1000, 2);
    record(20);
    reopen(1000, 2);

    AuditCheck check = log.verify();

    assertThat(check.problems()).isEmpty();
    assertThat(check.first()).isGreaterThan(1);
    assertThat(check.last()).isEqualTo(20);
    assertThat(check.entries()).isEqualTo(20 - check.first() + 1);
    assertThat(new Segments(directory()).full()).hasSize(2);
    assertThat(log.list(Long.MAX_VALUE, 100).entries()).hasSize((int) check.entries());

    Files.delete(new Segments(directory()).full().get(0));
    assertThat(log.verify().problems()).isNotEmpty();
  }

  @Test
  void aForgedAnchorIsOnRecord() throws IOException {
    record(2);
    close();
    Files.writeString(anchor(), "0 " + Seal.NO_HASH + " 1 " + Seal.NO_HASH + "\nabc\n");
    log = log(1 << 20, 10);

    assertThat(log.list(Long.MAX_VALUE, 1).entries().get(0).event().detail()).contains("anchor");
  }

  @Test
  void longTextsAreCutAndControlCharactersStayInTheirLine() throws IOException {
    log.record(
        AuditEvent.of(
            "a\nb", "x".repeat(9999), "\u0000\"}\n{\"".repeat(2000), AuditResult.DONE, "\r\n"));

    assertThat(Files.readAllLines(current())).hasSize(1);
    assertThat(log.verify().problems()).isEmpty();
    assertThat(log.list(9, 1).entries().get(0).event().from()).hasSize(256).endsWith("…");
    assertThatThrownBy(() -> log.list(1, 1001)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyAtOnceAreOneChain() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<AuditEntry>> records = new ArrayList<>();
      for (int i = 1; i <= 40; i++) {
        int number = i;
        records.add(() -> log.record(event(number)));
      }
      for (Future<AuditEntry> done : threads.invokeAll(records)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    AuditCheck check = log.verify();
    assertThat(check.problems()).isEmpty();
    assertThat(check.entries()).isEqualTo(40);
  }

  @Test
  void aLineThatSomebodyAppendsIsFound() throws IOException {
    record(1);
    Files.write(
        current(), "{\"forged\":1}\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);

    log.record(event(2));

    assertThat(log.verify().problems()).anyMatch(p -> p.contains("line 2"));
  }

  private void record(int entries) throws IOException {
    for (int i = 1; i <= entries; i++) {
      log.record(event(i));
    }
  }

  private static AuditEvent event(int number) {
    return AuditEvent.of("anna", "10.0.0.7", "job:cancel " + number, AuditResult.DONE, "");
  }

  private void reopen() throws IOException {
    reopen(1 << 20, 10);
  }

  private void reopen(long bytes, int files) throws IOException {
    close();
    log = log(bytes, files);
  }

  private FileAuditLog log(long bytes, int files) {
    return new FileAuditLog(data, new Ledger.Limits(bytes, files), () -> NOW);
  }

  private Path directory() {
    return data.resolve("store/audit");
  }

  private Path current() {
    return directory().resolve("audit.log");
  }

  private Path key() {
    return data.resolve("keys/audit.key");
  }

  private Path anchor() {
    return data.resolve("keys/audit.anchor");
  }
}
