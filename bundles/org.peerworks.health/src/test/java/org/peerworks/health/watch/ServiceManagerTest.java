package org.peerworks.health.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagerTest {

  private static final long PID = 4711;

  @TempDir private Path temp;

  @Test
  void withoutASocketNobodyListens() {
    ServiceManager manager = ServiceManager.of(Map.of("WATCHDOG_USEC", "30000000"), PID);

    assertThat(manager.listens()).isFalse();
    assertThat(manager.watchdog()).isEmpty();
    manager.tell("READY=1");
  }

  @Test
  void theWatchdogIsOursOnlyIfItIsMeantForThisProcess() {
    Map<String, String> mine =
        Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "" + PID);
    Map<String, String> anothers =
        Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1");
    Map<String, String> odd = Map.of("NOTIFY_SOCKET", "/x", "WATCHDOG_USEC", "soon");

    assertThat(ServiceManager.of(mine, PID).watchdog()).contains(Duration.ofSeconds(30));
    assertThat(ServiceManager.of(anothers, PID).watchdog()).isEmpty();
    assertThat(ServiceManager.of(odd, PID).watchdog()).isEmpty();
  }

  /** The real program to a real socket; the test's own environment has none, so it is given one. */
  @Test
  void whatIsToldArrivesAtTheSocket() throws Exception {
    assumeThat(Path.of("/usr/bin/systemd-notify")).exists();
    Path socket = temp.resolve("notify");
    Path program = temp.resolve("systemd-notify");
    Files.writeString(
        program, "#!/bin/sh\nNOTIFY_SOCKET='" + socket + "' exec /usr/bin/systemd-notify \"$@\"\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    String listen =
        "import socket,sys\ns=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM)\n"
            + "s.bind(sys.argv[1])\nprint('bound',flush=True)\n"
            + "while True:\n  t=s.recv(4096).decode()\n"
            + "  if 'BARRIER' in t: continue\n"
            + "  print(t.replace('\\n','|'),flush=True)\n  if 'STOPPING' in t: break\n";
    Process listener =
        new ProcessBuilder("/usr/bin/env", "python3", "-c", listen, socket.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(listener.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo("bound");
      ServiceManager manager =
          ServiceManager.of(
              Map.of("NOTIFY_SOCKET", socket.toString(), "PATH", temp.toString()), PID);

      manager.tell("READY=1", "STATUS=room waits for 'a b'; $(c)");
      manager.tell("WATCHDOG=1");
      manager.tell("STOPPING=1");

      assertThat(said.readLine()).contains("READY=1").contains("STATUS=room waits for 'a b'; $(c)");
      assertThat(said.readLine()).contains("WATCHDOG=1");
      assertThat(said.readLine()).contains("STOPPING=1");
    } finally {
      listener.destroy();
      listener.waitFor();
    }
  }
}
