package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;
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
  void aMountThatIsALinkIntoItShowsNothing() throws IOException {
    Path key = TestFiles.file(top.resolve("data/keys/identity.key"), "secret");
    Path link = Files.createSymbolicLink(top.toRealPath().resolve("link"), key.getParent());
    TestFiles.Settings settings = new TestFiles.Settings();
    settings.more.add("linked=" + link);
    try (TestFiles files = new TestFiles(top, settings)) {
      assertThat(Files.readString(link.resolve("identity.key"))).isEqualTo("secret");
      for (Path start : new Path[] {link, key.getParent().toRealPath()}) {
        String path = start + "/identity.key";
        assertThatThrownBy(() -> files.mounts.open(path)).hasMessageContaining("own data");
        assertThatThrownBy(() -> TestFiles.get(files.resolver.list(start.toString(), 0, 20)))
            .isInstanceOfSatisfying(
                FileAccessException.class, e -> assertThat(e.code()).isEqualTo(Code.ACCESS_DENIED));
      }
      SearchOutcome found =
          TestFiles.get(
              files
                  .resolver
                  .resolve(SearchRequest.of("identity.key"), SearchListener.NONE)
                  .outcome());
      assertThat(found.candidates()).isEmpty();
      assertThat(found.unavailable()).containsExactly("linked");
      assertThat(TestFiles.get(files.resolver.info()).mounts().get(2).problem())
          .contains("own data");
      assertThatThrownBy(() -> files.table.add("another", link.toString()))
          .hasMessageContaining("own data");
    }
  }

  @Test
  void itIsKnownUnderAnotherNameToo() throws Exception {
    Path key = TestFiles.file(top.resolve("data/keys/identity.key"), "secret");
    Path bound = Files.createDirectories(top.resolve("mnt/lab/bound"));
    assumeTrue(mount("mount", "--bind", top.resolve("data").toString(), bound.toString()) == 0);
    try (TestFiles files = new TestFiles(top)) {
      Path other = files.lab.resolve("bound/keys/identity.key");
      assertThat(Files.readString(other)).as("without the check").isEqualTo(Files.readString(key));
      assertThatThrownBy(() -> files.mounts.open(other.toString()))
          .isInstanceOfSatisfying(
              FileAccessException.class, e -> assertThat(e.code()).isEqualTo(Code.ACCESS_DENIED));
      assertThat(TestFiles.get(files.resolver.list(files.lab.toString(), 0, 20)).entries())
          .isEmpty();
      assertThat(
              TestFiles.get(
                      files
                          .resolver
                          .resolve(SearchRequest.of("identity.key"), SearchListener.NONE)
                          .outcome())
                  .candidates())
          .isEmpty();
    } finally {
      assertThat(mount("umount", bound.toString())).isZero();
    }
  }

  private static int mount(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor();
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
