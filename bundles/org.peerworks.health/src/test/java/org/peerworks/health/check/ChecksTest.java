package org.peerworks.health.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.Level;

class ChecksTest {

  @TempDir private Path temp;

  @Test
  void aDataDirectoryThatCanBeWrittenIsLeftAsItWas() throws IOException {
    assertThat(new DataChecks(temp, 0).writable())
        .extracting(Finding::level)
        .containsOnly(Level.OK);
    try (var files = Files.list(temp)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aDataDirectoryThatIsGoneIsNamed() {
    Finding finding = new DataChecks(temp.resolve("gone"), 0).writable().get(0);

    assertThat(finding.level()).isEqualTo(Level.ERROR);
    assertThat(finding.found()).contains("gone", "does not exist");
    assertThat(finding.mend()).contains("writable");
  }

  @Test
  void littleRoomIsAWarningBeforeItIsAnError() {
    DataChecks checks = new DataChecks(temp, 20_000_000_000L);

    assertThat(checks.room(19_900_000_000L).level()).isEqualTo(Level.WARNING);
    assertThat(checks.room(20_000_000_000L).level()).isEqualTo(Level.OK);
  }

  @Test
  void theWordsOfTheSystemSayWhatHelps() {
    assertThat(Failures.mend(new IOException("No space left on device"), temp)).contains("room");
    assertThat(Failures.mend(new IOException("Read-only file system"), temp)).contains("Mount");
    assertThat(Failures.mend(new IOException("Too many open files"), temp)).contains("ulimit");
  }

  @Test
  void openFilesNearTheLimitAreAnErrorWithTheRemedy() throws IOException {
    assertThat(handles(10, 65536).level()).isEqualTo(Level.OK);
    assertThat(handles(10, 1024).found()).contains("little");
    assertThat(handles(75, 100).level()).isEqualTo(Level.WARNING);
    assertThat(handles(95, 100).level()).isEqualTo(Level.ERROR);
    assertThat(handles(95, 100).mend()).contains("LimitNOFILE");
  }

  private Finding handles(int open, int most) throws IOException {
    Path self = Files.createTempDirectory(temp, "self");
    Files.createDirectory(self.resolve("fd"));
    for (int i = 0; i <= open; i++) { // one is of the directory that is listed
      Files.createFile(self.resolve("fd").resolve("" + i));
    }
    Files.writeString(
        self.resolve("limits"), "Limit x y\nMax open files            " + most + " 4096 files\n");
    return new HandlesCheck(new SystemFiles(self)).check().get(0);
  }

  @Test
  void linuxTellsOfThisProcess() throws IOException {
    SystemFiles self = new SystemFiles();

    assertThat(self.open().orElseThrow()).isPositive();
    assertThat(self.resident().orElseThrow()).isGreaterThan(10_000_000);
    assertThat(new SystemFiles(temp).open()).isEmpty();
    assertThat(new SystemFiles(temp).resident()).isEmpty();
  }

  @Test
  void aFullHeapIsAnErrorAndGarbageIsNot() {
    assertThat(JvmChecks.heap(96, 100).level()).isEqualTo(Level.ERROR);
    assertThat(JvmChecks.heap(90, 100).level()).isEqualTo(Level.WARNING);
    assertThat(JvmChecks.heap(50, 100).level()).isEqualTo(Level.OK);
    assertThat(JvmChecks.heap()).hasSize(1);
  }

  @Test
  void threadsThatWaitForEachOtherAreNamed() throws InterruptedException {
    Lock one = new ReentrantLock();
    Lock other = new ReentrantLock();
    CountDownLatch both = new CountDownLatch(2);
    List<Thread> threads = List.of(locking(one, other, both), locking(other, one, both));
    threads.forEach(Thread::start);
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> JvmChecks.threads().get(0).level() == Level.ERROR);
      assertThat(JvmChecks.threads().get(0).found()).contains("'embraced'");
    } finally {
      threads.forEach(Thread::interrupt);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(JvmChecks.threads().get(0).level()).isNotEqualTo(Level.ERROR);
  }

  private static Thread locking(Lock first, Lock second, CountDownLatch both) {
    return new Thread(
        () -> {
          first.lock();
          try {
            both.countDown();
            both.await();
            second.lockInterruptibly();
            second.unlock();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            first.unlock();
          }
        },
        "embraced");
  }

  @Test
  void whatIsMissingIsAFindingWithARemedy() {
    List<Finding> missing =
        List.of(
            ServiceChecks.engine(false).get(0),
            ServiceChecks.room(null, null).get(0),
            ServiceChecks.transports(List.of()).get(0),
            ServiceChecks.types(List.of()).get(0),
            ServiceChecks.trainer(() -> null).get(0));

    assertThat(missing).extracting(Finding::level).containsOnly(Level.ERROR);
    assertThat(missing).extracting(Finding::mend).doesNotContain("");
  }
}
