package org.peerworks.shell.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.audit.api.AuditCheck;
import org.peerworks.audit.api.AuditEntry;
import org.peerworks.audit.api.AuditEvent;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.audit.api.AuditPage;
import org.peerworks.shell.api.Shell;
import org.peerworks.shell.api.ShellSession;
import org.peerworks.shell.api.ShellUser;

class DoorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path data;

  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final SshClient client = SshClient.setUpDefaultClient();
  private KeyPair anna;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    anna = KeyUtils.generateKeyPair("ssh-ed25519", 256);
    Files.createDirectories(data.resolve("keys"));
    allow("viewer anna " + PublicKeyEntry.toString(anna.getPublic()) + " anna@laptop\n");
    client.setServerKeyVerifier((session, address, key) -> true);
    client.start();
    door = door(new Limits(4, 2, 3, 20, 60));
  }

  @AfterEach
  void close() throws Exception {
    client.close(true);
    door.close();
  }

  @Test
  void aLineIsRunByWhomTheKeyBelongsTo() throws Exception {
    try (ClientSession session = session(anna)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThat(run(session, "say hello", out)).isEqualTo(7);
      assertThat(out.toString(StandardCharsets.UTF_8))
          .startsWith("anna viewer ssh 127.0.0.1:")
          .endsWith(" say hello\n");
    }
  }

  @Test
  void whoLosesTheConnectionEndsWhatRuns() throws Exception {
    ClientSession session = session(anna);
    ChannelExec channel = session.createExecChannel("wait");
    channel.open().verify(PATIENCE);
    session.close(true);
    assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPromptEndsWithItsConnection() throws Exception {
    ClientSession session = session(anna);
    ChannelShell channel = session.createShellChannel();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    channel.setPtyType("xterm");
    channel.setPtyColumns(100);
    channel.setOut(out);
    channel.open().verify(PATIENCE);
    await().atMost(PATIENCE).until(() -> out.toString(StandardCharsets.UTF_8).contains("> "));
    assertThat(threads()).isNotEmpty();

    session.close(true);

    await().atMost(PATIENCE).until(() -> threads().isEmpty());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("ssh-anna"))
        .toList();
  }

  @Test
  void aKeyThatIsTakenAwayOpensNothingMore() throws Exception {
    session(anna).close();
    allow("# nobody\n");
    assertThatThrownBy(() -> session(anna)).isInstanceOf(IOException.class);
    await().atMost(PATIENCE).until(() -> events.size() == 1);
    assertThat(events.get(0).who()).isEqualTo("stranger/who");
    assertThat(events.get(0).detail()).contains(KeyUtils.getFingerPrint(anna.getPublic()));
  }

  @Test
  void aFileThatOthersMayWriteIntoLetsNobodyIn() throws Exception {
    Path file = data.resolve("keys/authorized_users");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    Files.setLastModifiedTime(
        file, java.nio.file.attribute.FileTime.from(Instant.now().plusSeconds(9)));
    assertThatThrownBy(() -> session(anna)).isInstanceOf(IOException.class);
  }

  @Test
  void aWrongLineKeepsNobodyElseOut() throws Exception {
    allow(
        "king anna ssh-rsa AAAA\nviewer\nviewer x ssh-ed25519 nonsense\n"
            + "operator anna "
            + PublicKeyEntry.toString(anna.getPublic()));
    try (ClientSession session = session(anna)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      run(session, "x", out);
      assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("anna operator");
    }
  }

  @Test
  void keysAreMadeOnceForTheirOwner() throws Exception {
    String host = Files.readString(data.resolve("keys/shell_host_key"));
    for (String name : List.of("shell_host_key", "shell_local")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("keys").resolve(name))))
          .isEqualTo("rw-------");
    }
    try (ClientSession session = session(KeyFile.of(data.resolve("keys/shell_local"), ""))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      run(session, "x", out);
      assertThat(out.toString(StandardCharsets.UTF_8))
          .startsWith("local/")
          .contains("administrator");
    }
    door.close();
    assertThat(data.resolve("shell-address")).doesNotExist();
    door = door(new Limits(4, 2, 3, 20, 60));
    assertThat(data.resolve("keys/shell_host_key")).hasContent(host);
    assertThat(data.resolve("shell-address")).hasContent("127.0.0.1 " + door.port() + "\n");
  }

  @Test
  void strangersWhoOnlyWaitDoNotKeepOthersOutForLong() throws Exception {
    door.close();
    door = door(new Limits(4, 2, 3, 1, 60));
    List<Socket> strangers = new ArrayList<>();
    try {
      for (int i = 0; i < 6; i++) {
        strangers.add(new Socket("127.0.0.1", door.port()));
      }
      await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> session(anna).close());
    } finally {
      for (Socket stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void aCrowdOfStrangersIsOneEntryNowAndThen() {
    Strangers strangers = new Strangers(() -> new Events());
    for (int i = 0; i < 500; i++) {
      strangers.refused("x" + i, "ssh 10.0.0.1:1", "No.");
    }
    assertThat(events).hasSize(20);
  }

  private Door door(Limits limits) throws IOException {
    return Door.open(data, "127.0.0.1", 0, limits, new Echo(), new Strangers(() -> new Events()));
  }

  private void allow(String lines) throws IOException {
    Path file = data.resolve("keys/authorized_users");
    Files.deleteIfExists(file);
    Files.writeString(file, lines);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setLastModifiedTime(
        file, java.nio.file.attribute.FileTime.from(Instant.now().minusSeconds(lines.length())));
  }

  private ClientSession session(KeyPair key) throws IOException {
    ClientSession session =
        client.connect("who", "127.0.0.1", door.port()).verify(PATIENCE).getSession();
    session.addPublicKeyIdentity(key);
    try {
      session.auth().verify(PATIENCE);
      return session;
    } catch (IOException e) {
      session.close(true);
      throw e;
    }
  }

  private static int run(ClientSession session, String line, OutputStream out) throws IOException {
    try (ChannelExec channel = session.createExecChannel(line)) {
      channel.setOut(out);
      channel.open().verify(PATIENCE);
      channel.waitFor(List.of(ClientChannelEvent.CLOSED), PATIENCE);
      return channel.getExitStatus();
    }
  }

  /** Says who ran what. */
  private final class Echo implements Shell {
    @Override
    public ShellSession open(ShellUser user, InputStream in, OutputStream out, OutputStream err) {
      return new ShellSession() {
        @Override
        public int run(String line) {
          try {
            if (line.equals("wait")) {
              new CountDownLatch(1).await();
            }
            String said = user.name() + " " + user.role() + " " + user.from() + " " + line + "\n";
            out.write(said.getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            return FAILED;
          } catch (InterruptedException e) {
            interrupted.countDown();
            return INTERRUPTED;
          }
          return 7;
        }

        @Override
        public List<Suggestion> complete(List<String> words) {
          return List.of();
        }

        @Override
        public void width(int columns) {}

        @Override
        public void close() {}
      };
    }
  }

  private final class Events implements AuditLog {
    @Override
    public AuditEntry record(AuditEvent event) {
      events.add(event);
      return new AuditEntry(events.size(), Instant.EPOCH, event, "");
    }

    @Override
    public AuditPage list(long before, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AuditCheck verify() {
      throw new UnsupportedOperationException();
    }
  }
}
