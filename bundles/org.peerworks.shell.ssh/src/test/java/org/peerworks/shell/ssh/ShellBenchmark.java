package org.peerworks.shell.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.core.CoreModuleProperties;

/** How long a command takes in the shell of a worker, from far: sent, run, its answer there. */
public final class ShellBenchmark {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WARM = 100;
  private static final int ROUNDS = 500;
  private static final double LIMIT = 50;

  private ShellBenchmark() {}

  /**
   * @param args data directory of the worker
   */
  public static void main(String[] args) throws IOException {
    Path data = Path.of(args[0]);
    String[] address = Files.readString(data.resolve("shell-address")).strip().split(" ");
    SshClient client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier((session, where, key) -> true);
    CoreModuleProperties.TCP_NODELAY.set(client, true); // as OpenSSH's client does
    client.start();
    try (ClientSession session =
        client
            .connect("benchmark", address[0], Integer.parseInt(address[1]))
            .verify(PATIENCE)
            .getSession()) {
      session.addPublicKeyIdentity(KeyFile.of(data.resolve("keys/shell_local"), ""));
      session.auth().verify(PATIENCE);
      System.out.println("command           p50 ms  p99 ms");
      double looks = measure(session, "job:list --json");
      measure(session, "help");
      measure(session, "config:snapshot");
      System.out.println(
          "'config:snapshot' changes something: two synced entries of the audit log, and files");
      bar("shell-round-trip", looks);
    } finally {
      client.stop();
    }
  }

  private static double measure(ClientSession session, String line) throws IOException {
    double[] millis = new double[ROUNDS];
    for (int i = -WARM; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      run(session, line);
      if (i >= 0) {
        millis[i] = (System.nanoTime() - begin) / 1e6;
      }
    }
    Arrays.sort(millis);
    double half = millis[ROUNDS / 2];
    double most = millis[ROUNDS * 99 / 100];
    System.out.printf(Locale.ROOT, "%-16s %7.1f %7.1f%n", line, half, most);
    return half;
  }

  private static void run(ClientSession session, String line) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ChannelExec channel = session.createExecChannel(line)) {
      channel.setOut(out);
      channel.open().verify(PATIENCE);
      channel.waitFor(List.of(ClientChannelEvent.CLOSED), PATIENCE);
      Integer status = channel.getExitStatus();
      if (status == null || status != 0 || out.size() == 0) {
        throw new IOException("'" + line + "' ended with " + status + " and said '" + out + "'.");
      }
    }
  }

  private static void bar(String id, double value) {
    System.out.printf(
        Locale.ROOT, "bar %s %.1f %.0f %s%n", id, value, LIMIT, value <= LIMIT ? "met" : "missed");
  }
}
