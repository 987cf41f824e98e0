package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinkCountsTest {

  @TempDir Path top;

  @Test
  void aFileSystemThatIsMountedBelowKeepsItsOwnBooksOrNone() throws IOException {
    Files.createDirectories(top.resolve("a/b"));
    Files.createDirectories(top.resolve("a/c"));
    LinkCounts counts = new LinkCounts(top);
    assumeTrue(
        counts.directoriesIn(top) != LinkCounts.UNKNOWN, "Wants a disk whose link counts tell");
    assertThat(counts.directoriesIn(top.resolve("a"))).isEqualTo(2);
    Path other = Path.of("/proc");
    assertThat(Files.getAttribute(other, "unix:dev"))
        .isNotEqualTo(Files.getAttribute(top, "unix:dev"));
    assertThat((Integer) Files.getAttribute(other, "unix:nlink")).as("would tell").isPositive();
    assertThat(counts.directoriesIn(other)).isEqualTo(LinkCounts.UNKNOWN);
  }
}
