package org.peerworks.lib.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an archive makes of a disk and of memory, whatever its size says. */
class RoomTest {

  @TempDir Path temp;
  private Path target;

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectory(temp.resolve("target"));
  }

  @Test
  void foldersThatNamesImplyAreCounted() throws IOException {
    Path zip =
        Zips.make(
            temp.resolve("a.zip"),
            z -> {
              for (int i = 0; i < 20; i++) {
                z.add(i + "/a/b/c/d/e/f/g/h/i", "");
              }
            });
    assertThatThrownBy(() -> Archives.unpack(zip, target, new ArchiveLimits(100, 1 << 20, 100)))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("limit of 100 files and folders");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void namesTakeLittleMemory() throws IOException {
    EntryNames names = new EntryNames(Integer.MAX_VALUE);
    String deep = ("/" + "x".repeat(60)).repeat(30);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                names.take(i + deep, false);
              }
            })
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("characters of names");
  }

  @Test
  void aReserveOfTheDiskStaysFree() throws IOException {
    Path zip = Zips.make(temp.resolve("a.zip"), z -> z.add("a", "x"));
    ArchiveLimits limits = new ArchiveLimits(10, 1 << 20, 100, Long.MAX_VALUE);
    assertThatThrownBy(() -> Archives.unpack(zip, target, limits))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(ArchiveException.class)
        .hasMessageContaining("no room");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void aHeaderThatClaimsTooMuchIsNoFullDisk() throws IOException {
    Path zip = Zips.make(temp.resolve("a.zip"), z -> z.add("a", "123456"));
    ArchiveLimits limits = new ArchiveLimits(10, 5, 100, Long.MAX_VALUE);
    assertThatThrownBy(() -> Archives.unpack(zip, target, limits))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("'a' goes beyond the limit of 5 bytes in all");
    assertThat(target).isEmptyDirectory();
  }
}
