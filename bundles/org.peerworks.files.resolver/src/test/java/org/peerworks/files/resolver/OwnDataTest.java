package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchRequest;

/** A mount that is so wide that the worker's own data lies in it. */
final class OwnDataTest {

  @TempDir Path top;

  @Test
  void keysAreNotShownThroughAMountAroundThem() throws IOException {
    TestFiles.Settings settings = new TestFiles.Settings();
    settings.more.add("wide=" + top.toRealPath());
    try (TestFiles files = new TestFiles(top, settings)) {
      Path key = TestFiles.file(files.top.resolve("data/keys/identity.key"), "secret");
      Path outside = TestFiles.file(files.top.resolve("other/identity.key"), "x");
      Files.createSymbolicLink(files.lab.resolve("link"), key.getParent());
      assertThat(files.mounts.require(outside.toString())).isEqualTo(outside);
      for (String path : new String[] {key.toString(), files.lab + "/link/identity.key"}) {
        assertThat(Files.readString(Path.of(path))).as("without the check").isEqualTo("secret");
        assertThatThrownBy(() -> files.mounts.open(path))
            .isInstanceOfSatisfying(
                FileAccessException.class, e -> assertThat(e.code()).isEqualTo(Code.ACCESS_DENIED));
      }
      assertThat(
              TestFiles.get(files.resolver.list(files.top.toString(), 0, 20)).entries().stream()
                  .map(FileEntry::name))
          .contains("other", "mnt")
          .doesNotContain("data");
      assertThat(
              TestFiles.get(
                      files
                          .resolver
                          .resolve(SearchRequest.of("identity.key"), SearchListener.NONE)
                          .outcome())
                  .candidates())
          .extracting(candidate -> candidate.file().path())
          .containsExactly(outside.toString());
      Path copy = TestFiles.file(files.table.projects().resolve("id/x.slp"), "copy");
      assertThat(files.mounts.require(copy.toString())).isEqualTo(copy);
    }
  }

  @Test
  void theDataDirectoryIsNoMount() throws IOException {
    try (TestFiles files = new TestFiles(top)) {
      assertThatThrownBy(() -> files.table.add("keys", files.top + "/data/keys"))
          .isInstanceOf(IllegalArgumentException.class);
      Path keys = Files.createDirectories(files.top.resolve("data/keys"));
      assertThatThrownBy(() -> files.table.add("keys", keys.toString()))
          .hasMessageContaining("own data");
    }
  }
}
