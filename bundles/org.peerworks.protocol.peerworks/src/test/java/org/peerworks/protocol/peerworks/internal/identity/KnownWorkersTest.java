package org.peerworks.protocol.peerworks.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which worker was met where. */
class KnownWorkersTest {

  @TempDir Path directory;

  private KnownWorkers known;

  @BeforeEach
  void meet() throws IOException {
    known = new KnownWorkers(directory.resolve("keys"));
    known.check("webrtc/server:8080/room/worker", "ed25519:aa");
  }

  @Test
  void aWorkerIsTheSameOverEachTransport() throws IOException {
    known.check("direct/server:8080/room/worker", "ed25519:aa");
    assertThat(Files.readAllLines(directory.resolve("keys/known-workers"))).hasSize(1);
    assertThatThrownBy(() -> known.check("direct/server:8080/room/worker", "ed25519:bb"))
        .hasMessageContaining("was known as ed25519:aa, but proved to be ed25519:bb");
  }

  @Test
  void theSameIdElsewhereIsAnother() throws IOException {
    known.check("webrtc/server:8080/other/worker", "ed25519:bb");
    known.check("direct/server:9090/room/worker", "ed25519:cc");
    known.check("direct/server:8080/room/worker%20", "ed25519:dd");
    assertThat(Files.readAllLines(directory.resolve("keys/known-workers"))).hasSize(4);
  }
}
