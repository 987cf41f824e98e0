package org.peerworks.deploy.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.deploy.state.JournalEntry.Event;
import org.peerworks.lib.files.FileTrees;
import org.peerworks.lib.files.Hashes;

/**
 * The power goes while one transaction after the other is carried out: writes after the last sync
 * are there or not.
 */
final class LostWritesTest {

  @TempDir Path top;

  private final AtomicInteger committed = new AtomicInteger();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile boolean going = true;

  @Test
  void whatWasCommittedIsThereWithItsJarsAfterAPowerCut() throws Exception {
    cutOften(20);
  }

  @Test
  @Tag("long")
  void whatWasCommittedIsThereAfterManyPowerCuts() throws Exception {
    cutOften(500);
  }

  private void cutOften(int cuts) throws Exception {
    long seed = Long.getLong("peerworks.seed", System.nanoTime());
    System.out.println("Cut at -Dpeerworks.seed=" + seed);
    Random random = new Random(seed);
    try (LossyDisk disk = new LossyDisk(top.resolve("disk"))) {
      Thread writer = new Thread(() -> commitAll(disk.path().resolve("worker")), "commits");
      writer.start();
      try {
        for (int i = 0; i < cuts; i++) {
          int before = committed.get();
          await()
              .atMost(Duration.ofSeconds(60))
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(1))
              .until(() -> committed.get() > before || failure.get() != null);
          new CountDownLatch(1).await(random.nextInt(20_000), TimeUnit.MICROSECONDS);
          assertThat(failure.get()).isNull();
          int least = committed.get();
          Path after = top.resolve("after");
          disk.cut(random.nextLong(), after);
          expect(least, after.resolve("worker"));
          FileTrees.delete(after);
        }
      } finally {
        going = false;
        writer.join();
      }
      System.out.printf(
          "%d transactions, %d power cuts; each left the state before or after, with its jars%n",
          committed.get(), cuts);
    }
  }

  private void commitAll(Path data) {
    try {
      StateStore store = StateStore.open(data, 0);
      while (going) {
        Path jar = store.jars().newIncoming().resolve("jar");
        Files.writeString(jar, "jar after " + committed.get() + " ".repeat(10_000));
        String sha256 = Hashes.sha256(jar);
        store.jars().add(jar, sha256);
        JournalEntry begun = store.begin("install", "test", List.of("added      fine"));
        store.commit(begun, state(begun.number(), sha256));
        committed.set(begun.number());
        store.deleteOld(3, Set.of());
      }
    } catch (IOException | RuntimeException e) {
      failure.set(e);
    }
  }

  private static DeployedState state(int number, String sha256) {
    return new DeployedState(
        0,
        List.of(new DeployedBundle("fine", number + ".0.0", sha256, 10, true, "", "/f", "")),
        List.of(),
        Set.of());
  }

  private static void expect(int least, Path data) throws IOException {
    StateStore store = StateStore.open(data, 0);
    DeployedState now = store.current();
    assertThat(now.number()).isGreaterThanOrEqualTo(least);
    assertThat(now.bundles()).hasSize(1);
    DeployedBundle bundle = now.bundles().get(0);
    assertThat(bundle.version()).isEqualTo(now.number() + ".0.0");
    Path jar = store.jars().file(bundle.sha256());
    assertThat(Hashes.sha256(jar))
        .as(new String(Files.readAllBytes(jar), StandardCharsets.US_ASCII).strip())
        .isEqualTo(bundle.sha256());
    assertThat(store.last(now.number()).orElseThrow().event()).isEqualTo(Event.COMMITTED);
    assertThat(store.after(least).isPresent() || store.after(now.number()).isPresent()).isTrue();
    assertThat(store.journal()).extracting(JournalEntry::number).contains(least, now.number());
    assertThat(store.begin("go on", "test", List.of()).number()).isGreaterThan(least);
  }
}
