package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {

  @TempDir Path data;

  @Test
  void workerAndSignallingServerShareADataDirectoryButNoFramework() throws Exception {
    try (Storage worker = Storage.of(data, "worker", false);
        Storage signal = Storage.of(data, "signal", false)) {
      assertThat(worker.framework()).isNotEqualTo(signal.framework());
    }
  }

  @Test
  void whatStaysIsThereAgain() throws Exception {
    Path first;
    try (Storage worker = Storage.of(data, "worker", false)) {
      first = worker.framework();
    }
    try (Storage worker = Storage.of(data, "worker", false)) {
      assertThat(worker.framework()).isEqualTo(first).isDirectory();
    }
  }

  @Test
  void whatBelongsToAProcessGoesWithIt() throws Exception {
    Path directory;
    try (Storage client = Storage.of(data, "client", true)) {
      directory = client.framework();
      assertThat(directory).isDirectory();
    }
    assertThat(directory).doesNotExist();
  }
}
