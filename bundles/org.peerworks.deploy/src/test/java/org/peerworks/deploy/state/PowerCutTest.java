package org.peerworks.deploy.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.deploy.state.JournalEntry.Event;
import org.peerworks.lib.files.FileTrees;

/** The power is cut at each byte that a transaction writes: there is the state before or after. */
class PowerCutTest {

  private static final DeployedState BEFORE = state("1.0.0");
  private static final DeployedState AFTER = state("2.0.0");

  /** After every so many cuts, it is tried whether life goes on. */
  private static final int GOES_ON = 20;

  @TempDir Path directory;

  private static DeployedState state(String version) {
    return new DeployedState(
        0,
        List.of(new DeployedBundle("fine", version, "ab", 10, true, "", "/f", "")),
        List.of(),
        Set.of());
  }

  @Test
  void eachCutLeavesTheStateBeforeOrAfterAndAJournalThatSaysWhich() throws IOException {
    int whole = cutAfter(Integer.MAX_VALUE, directory.resolve("whole"));
    assertThat(whole).isGreaterThan(500);
    int before = 0;
    int after = 0;
    for (int bytes = 0; bytes <= whole; bytes++) {
      Path data = directory.resolve("cut");
      cutAfter(bytes, data);
      StateStore store = StateStore.open(data, new Cut(Integer.MAX_VALUE), Clock.systemUTC());
      boolean committed = store.current().bundles().equals(AFTER.bundles());
      if (!committed) {
        assertThat(store.current().bundles()).as("cut at %d", bytes).isEqualTo(BEFORE.bundles());
      }
      List<JournalEntry> journal = store.journal();
      JournalEntry last = journal.get(journal.size() - 1);
      if (last.number() == 2) {
        assertThat(last.event())
            .as("cut at %d", bytes)
            .isEqualTo(committed ? Event.COMMITTED : Event.ROLLED_BACK);
      }
      assertThat(store.after(1).orElseThrow().bundles()).isEqualTo(BEFORE.bundles());
      if (bytes % GOES_ON == 0) {
        store.commit(store.begin("go on", "test", List.of()), BEFORE);
        StateStore again = StateStore.open(data, Disk.STABLE, Clock.systemUTC());
        assertThat(again.current().bundles()).isEqualTo(BEFORE.bundles());
      }
      before += committed ? 0 : 1;
      after += committed ? 1 : 0;
      FileTrees.delete(data);
    }
    assertThat(before).isPositive();
    assertThat(after).isPositive();
  }

  @Test
  void aDamagedStateFileIsReplacedByTheLastGoodOne() throws IOException {
    cutAfter(Integer.MAX_VALUE, directory);
    Files.writeString(directory.resolve("state.json"), "{");
    assertThat(StateStore.open(directory, Disk.STABLE, Clock.systemUTC()).current().bundles())
        .isEqualTo(AFTER.bundles());
  }

  /** Commits one transaction, and is cut in the second. */
  private static int cutAfter(int bytes, Path data) throws IOException {
    StateStore first = StateStore.open(data, new Cut(Integer.MAX_VALUE), Clock.systemUTC());
    first.commit(first.begin("first", "test", List.of()), BEFORE);
    Cut cut = new Cut(bytes);
    try {
      StateStore second = StateStore.open(data, cut, Clock.systemUTC());
      second.commit(second.begin("second", "test", List.of("replaced   fine")), AFTER);
    } catch (PowerCut e) {
      assertThat(cut.left).isZero();
    }
    return bytes - cut.left;
  }

  private static final class PowerCut extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Writes so many bytes. A file that replaces another counts once all of it is written. */
  private static final class Cut implements Disk {

    private int left;

    Cut(int bytes) {
      left = bytes;
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
      Path temporary = file.resolveSibling(".tmp-cut");
      Files.deleteIfExists(temporary);
      write(temporary, content);
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void append(Path file, byte[] content) throws IOException {
      write(file, content);
    }

    private void write(Path file, byte[] content) throws IOException {
      int now = Math.min(left, content.length);
      Files.write(
          file, Arrays.copyOf(content, now), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      left -= now;
      if (now < content.length) {
        throw new PowerCut();
      }
    }
  }
}
