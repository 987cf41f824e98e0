package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.protocol.peerworks.internal.Engine;

class IdentifyTest {

  @TempDir Path data;

  @Test
  void aWorkerThatCannotMakeItsIdentitySaysSoBeforeAnyPeerComesAndCanWhenThatIsMended()
      throws Exception {
    Path keys = data.resolve("keys");
    Files.writeString(keys, "no directory");
    try (Engine engine = new Engine(data, Rig.SETTINGS, () -> null)) {
      assertThatThrownBy(engine::identify)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot prove who it is")
          .hasMessageContaining(keys.toString());
      Files.delete(keys);
      engine.identify();
      assertThat(keys.resolve("identity")).isNotEmptyFile();
    }
  }
}
