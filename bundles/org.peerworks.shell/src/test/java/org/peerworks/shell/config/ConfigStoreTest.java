package org.peerworks.shell.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigStoreTest {

  @TempDir private Path directory;
  private ConfigStore store;

  @BeforeEach
  void make() throws IOException {
    Files.createDirectories(directory.resolve("home/config"));
    Files.writeString(directory.resolve("home/config/x.cfg"), "a = 0\n");
    store = new ConfigStore(directory.resolve("data"), directory.resolve("home"));
  }

  @Test
  void anEditIsAFileOfItsOwnerAndCanBeTakenBack() throws IOException {
    String before = store.edit("x", Map.of("a", Optional.of("1")), "first");
    store.edit("x", Map.of("b", Optional.of("2")), "second");
    store.edit("y", Map.of("c", Optional.of("3")), "third");

    assertThat(store.own("x")).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(store.home("x")).isEqualTo(Map.of("a", "0"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("x"))))
        .isEqualTo("rw-------");
    assertThat(store.snapshots())
        .extracting(Snapshots.Snapshot::why)
        .containsExactly("third", "second", "first");

    assertThat(store.rollback(before)).containsExactly("x", "y");
    assertThat(file("x")).doesNotExist();
    assertThat(file("y")).doesNotExist();
    String newest = store.snapshots().get(0).id();
    assertThat(store.rollback(newest)).containsExactly("x", "y");
    assertThat(store.own("x")).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(store.rollback(newest)).isEmpty();
  }

  @Test
  void aWayBackThatWasInterruptedIsGoneToItsEnd() throws IOException {
    store.edit("x", Map.of("a", Optional.of("1")), "first");
    String wanted = store.snapshot("wanted");
    store.edit("x", Map.of("a", Optional.of("2")), "second");
    store.edit("y", Map.of("a", Optional.of("2")), "third");
    Files.writeString(directory.resolve("data/snapshots/config/rolling-back"), wanted);

    new ConfigStore(directory.resolve("data"), directory.resolve("home")).finish();

    assertThat(store.own("x")).isEqualTo(Map.of("a", "1"));
    assertThat(file("y")).doesNotExist();
    assertThat(directory.resolve("data/snapshots/config/rolling-back")).doesNotExist();
  }

  @Test
  void aSnapshotThatIsNotThereIsToldAndNoWayOutOfItsFolder() {
    for (String name : new String[] {"20200101-000000-000", "../../keys", "", ".tmp-1"}) {
      assertThatThrownBy(() -> store.rollback(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("config:snapshots");
    }
  }

  @Test
  void onlyTheNewestSnapshotsAreKept() throws IOException {
    for (int i = 0; i < 103; i++) {
      store.snapshot("number " + i);
    }
    assertThat(store.snapshots()).hasSize(100);
    assertThat(store.snapshots().get(0).why()).isEqualTo("number 102");
  }

  private Path file(String pid) {
    return directory.resolve("data/config").resolve(pid + ".cfg");
  }
}
