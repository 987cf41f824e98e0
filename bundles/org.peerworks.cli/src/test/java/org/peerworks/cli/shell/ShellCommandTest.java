package org.peerworks.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.command.OwnInvocation;
import org.peerworks.cli.command.ShellInvocation;
import org.peerworks.lib.account.Places;

class ShellCommandTest {

  @TempDir private Path data;

  @Test
  void theWorkerOnThisMachineIsFoundAndProvesItself() throws IOException {
    Files.writeString(data.resolve("shell-address"), "127.0.0.1 4321\n");

    assertThat(ShellCommand.command(shell(Optional.empty(), "job:show", "a b'c", "--json")))
        .startsWith("ssh", "-F", "none", "-p", "4321")
        .contains("StrictHostKeyChecking=yes", data.resolve("keys/shell_local").toString())
        .endsWith("--", "peerworks-local", "job:show 'a b'\\''c' --json");
  }

  @Test
  void anotherWorkerIsReachedAsTheUsersSshIsConfigured() throws IOException {
    assertThat(ShellCommand.command(shell(Optional.of("gpu-1"), "job:list --json")))
        .containsExactly(
            "ssh", "-p", "7622", "-x", "-a", "-l", "peerworks", "--", "gpu-1", "job:list --json");
  }

  @Test
  void withoutADoorItSaysHowToOpenIt() {
    assertThatThrownBy(() -> ShellCommand.command(shell(Optional.empty())))
        .hasMessageContaining("enabled = true")
        .hasMessageContaining("org.peerworks.shell.ssh.cfg");
  }

  private ShellInvocation shell(Optional<String> host, String... words) {
    return new ShellInvocation(
        new OwnInvocation.Context(new Places(data, data, Map.of()), Optional.empty(), true, false),
        data,
        host,
        OptionalInt.empty(),
        Optional.empty(),
        List.of(words));
  }
}
