package org.peerworks.shell.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.files.FileTrees;

/**
 * The power goes while one change of the configuration after the other is made: writes after the
 * last sync are there or not.
 */
final class LostWritesTest {

  private static final List<String> PIDS = List.of("one", "other");

  @TempDir Path top;

  /** What the files said, change by change; the last one may not be made yet. */
  private final List<List<String>> history = new ArrayList<>();

  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile int made;
  private volatile boolean going = true;

  @Test
  void aChangeThatWasMadeIsThereAfterAPowerCut() throws Exception {
    cutOften(20);
  }

  @Test
  @Tag("long")
  void aChangeThatWasMadeIsThereAfterManyPowerCuts() throws Exception {
    cutOften(500);
  }

  private void cutOften(int cuts) throws Exception {
    long seed = Long.getLong("peerworks.seed", System.nanoTime());
    System.out.println("Cut at -Dpeerworks.seed=" + seed);
    Random random = new Random(seed);
    try (LossyDisk disk = new LossyDisk(top.resolve("disk"))) {
      Thread writer = new Thread(() -> changeAll(disk.path()), "changes");
      writer.start();
      try {
        for (int i = 0; i < cuts; i++) {
          int before = Math.max(1, made);
          await()
              .atMost(Duration.ofSeconds(60))
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(1))
              .until(() -> made > before || failure.get() != null);
          new CountDownLatch(1).await(random.nextInt(20_000), TimeUnit.MICROSECONDS);
          assertThat(failure.get()).isNull();
          int least = made;
          Path after = top.resolve("after");
          disk.cut(random.nextLong(), after);
          expect(least, after);
          FileTrees.delete(after);
        }
      } finally {
        going = false;
        writer.join();
      }
      System.out.printf(
          "%d changes, %d power cuts; each left the files before or after%n", made, cuts);
    }
  }

  private void changeAll(Path data) {
    try {
      ConfigStore store = new ConfigStore(data, top.resolve("home"));
      List<String> now = List.of("0", "0");
      edit(store, "one", "0");
      edit(store, "other", "0");
      will(now);
      made = history.size();
      for (int number = 1; going; number++) {
        List<String> before = now;
        String value = Integer.toString(number);
        now = number % 2 == 0 ? List.of(value, now.get(1)) : List.of(now.get(0), value);
        will(now);
        String snapshot = edit(store, PIDS.get(number % 2), value);
        made = history.size();
        if (number % 3 == 0) {
          now = before;
          will(now);
          store.rollback(snapshot);
          made = history.size();
        }
      }
    } catch (IOException | RuntimeException e) {
      failure.set(e);
    }
  }

  private void will(List<String> next) {
    synchronized (history) {
      history.add(next);
    }
  }

  private static String edit(ConfigStore store, String pid, String value) throws IOException {
    return store.edit(pid, Map.of("a", Optional.of(value), "b", Optional.of(value)), "test");
  }

  private void expect(int least, Path data) throws IOException {
    ConfigStore store = new ConfigStore(data, top.resolve("home"));
    store.finish();
    List<String> found = new ArrayList<>();
    for (String pid : PIDS) {
      Map<String, String> values = store.own(pid);
      assertThat(values).containsOnlyKeys("a", "b");
      assertThat(values.get("a")).isEqualTo(values.get("b"));
      found.add(values.get("a"));
    }
    List<List<String>> possible;
    synchronized (history) {
      possible = List.copyOf(history.subList(least - 1, history.size()));
    }
    assertThat(possible).contains(found);
    for (Snapshots.Snapshot snapshot : store.snapshots()) {
      assertThat(Files.exists(data.resolve("snapshots/config/" + snapshot.id() + "/why.txt")))
          .isTrue();
    }
    store.rollback(store.snapshots().get(0).id());
  }
}
