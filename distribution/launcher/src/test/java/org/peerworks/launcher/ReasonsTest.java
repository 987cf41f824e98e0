package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;

class ReasonsTest {

  @TempDir Path directory;

  @Test
  void peopleReadWhatTheSystemSaid() {
    assertThat(Reasons.of(new NoSuchFileException("/proc/nope"))).contains("cannot be made there");
    assertThat(Reasons.of(new AccessDeniedException("/x"))).contains("read-only for this user");
    assertThat(Reasons.of(new FileSystemException("/x", null, "Operation not permitted")))
        .isEqualTo("Operation not permitted");
    assertThat(Reasons.of(new FileSystemException("/x", null, "No space left on device")))
        .isEqualTo("its disk is full");
  }

  @Test
  void aFullDiskIsSeenBelowOtherReasonsAndOnTheDiskItself() {
    IOException full = new IOException("No space left on device");
    BundleException cached = new BundleException("Unable to cache bundle: x", full);
    BundleException other = new BundleException("Unable to create archive directory.");
    assertThat(Reasons.isFull(cached, directory, 0)).isTrue();
    assertThat(Reasons.isFull(other, directory, 0)).isFalse();
    assertThat(Reasons.isFull(other, directory, Long.MAX_VALUE >> 1)).isTrue();
    LaunchException told = Reasons.full(directory, cached);
    assertThat(told.status()).isEqualTo(72);
    assertThat(told).hasMessageContaining("'" + directory + "' is full");
  }
}
