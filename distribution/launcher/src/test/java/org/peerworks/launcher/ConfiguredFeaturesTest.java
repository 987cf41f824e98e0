package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredFeaturesTest {

  private static final String FILE = "config/org.peerworks.shell.ssh.cfg";

  @TempDir Path directory;
  private Path data;
  private Installation installation;

  @BeforeEach
  void makeDirectories() throws IOException {
    data = directory.resolve("data");
    installation = new Installation(directory.resolve("home"));
    Files.createDirectories(data.resolve("config"));
    Files.createDirectories(installation.config());
  }

  @Test
  void aWorkerStartsTheDoorOnlyIfItIsEnabled() throws Exception {
    assertThat(with("worker")).containsExactly("worker");

    Files.writeString(data.resolve(FILE), "enabled = true\n");
    assertThat(with("signaling", "worker")).containsExactly("signaling", "worker", "ssh");
    assertThat(with("signaling")).containsExactly("signaling");
  }

  @Test
  void theAdministratorsFileGoesBeforeTheInstallations() throws Exception {
    Files.writeString(directory.resolve("home").resolve(FILE), "enabled = true\n");
    assertThat(with("worker")).contains("ssh");

    Files.writeString(data.resolve(FILE), "port = 1\n");
    assertThat(with("worker")).contains("ssh");

    Files.writeString(data.resolve(FILE), "enabled = false\n");
    assertThat(with("worker")).doesNotContain("ssh");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws Exception {
    Files.write(data.resolve(FILE), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> with("worker"))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("org.peerworks.shell.ssh.cfg");
  }

  private List<String> with(String... features) throws LaunchException {
    return ConfiguredFeatures.with(List.of(features), installation, data);
  }
}
