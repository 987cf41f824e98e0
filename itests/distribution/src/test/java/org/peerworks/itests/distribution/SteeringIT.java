package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** People with roles, and strangers, at the SSH door of a worker out of the archive. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SteeringIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path directory;

  private static Lab lab;
  private static Path address;
  private static Running worker;

  /** What a program printed, and how it ended. */
  private record Said(int status, String out, String err) {}

  @BeforeAll
  static void openTheDoor() throws Exception {
    lab = new Lab(directory);
    lab.configureWorker("org.peerworks.shell.ssh", "enabled = true\nport = 0\n");
    Path keys = Files.createDirectories(lab.workerData().resolve("keys"));
    StringBuilder users = new StringBuilder("# who may come in\n");
    for (String role : List.of("viewer", "operator", "administrator", "stranger")) {
      String type = role.equals("operator") ? "rsa" : "ed25519";
      Said made =
          run("", "ssh-keygen", "-q", "-t", type, "-N", "", "-f", directory.resolve(role) + "");
      assertThat(made.status()).as(made.err()).isZero();
      if (!role.equals("stranger")) {
        users.append(role).append(" ").append(role.charAt(0)).append("-anna ");
        users.append(Files.readString(directory.resolve(role + ".pub")));
      }
    }
    Files.writeString(keys.resolve("authorized_users"), users);
    lab.signal();
    worker = lab.worker("--shell");
    Lab.session(worker);
    address = lab.workerData().resolve("shell-address");
    await().atMost(PATIENCE).until(() -> Files.exists(address));
  }

  @AfterAll
  static void closeLab() throws Exception {
    lab.close();
  }

  @Test
  @Order(1)
  void aStrangerStaysOutsideAndIsOnRecord() throws Exception {
    Said refused = ssh("stranger", "job:list");

    assertThat(refused.status()).isEqualTo(255);
    assertThat(refused.err()).contains("Permission denied (publickey)");
    assertThat(
            run(
                    "",
                    "ssh",
                    "-F",
                    "none",
                    "-p",
                    port(),
                    "-o",
                    "BatchMode=yes",
                    "-o",
                    "IdentitiesOnly=yes",
                    "-o",
                    "IdentityFile=none",
                    "-o",
                    "StrictHostKeyChecking=no",
                    "-o",
                    "UserKnownHostsFile=/dev/null",
                    "127.0.0.1",
                    "job:list")
                .status())
        .isEqualTo(255);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(records().lines().filter(l -> l.contains("stranger/")))
                    .hasSize(2)
                    .allMatch(line -> line.contains("REFUSED") && line.contains("ssh: log in")));
    assertThat(records()).contains("is nobody's", "No key was shown");
  }

  @Test
  @Order(2)
  void aViewerLooksAndMayNotInstall() throws Exception {
    Said looked = ssh("viewer", "job:types --json");
    assertThat(looked.status()).as(looked.err()).isZero();
    assertThat(looked.out()).contains("\"train\"");

    for (String line :
        List.of(
            "felix:install file:/tmp/evil.jar",
            "bundle:install file:/tmp/evil.jar",
            "job:list; felix:install file:/tmp/evil.jar",
            "$.context installBundle file:/tmp/evil.jar",
            "install file:/tmp/evil.jar",
            "job:cancel 1",
            "worker:info",
            "audit:list")) {
      Said refused = ssh("viewer", line);
      assertThat(refused.status()).as(line + ": " + refused.out()).isIn(2, 4);
      assertThat(refused.out()).as(line).isEmpty();
    }
    assertThat(records().lines().filter(line -> line.contains("v-anna")))
        .anyMatch(line -> line.contains("REFUSED") && line.contains("felix:install"))
        .anyMatch(line -> line.contains("REFUSED") && line.contains("$.context"))
        .allMatch(line -> line.contains("REFUSED"));
  }

  @Test
  @Order(3)
  void anOperatorMayNotEditConfiguration() throws Exception {
    Said list = ssh("operator", "config:list org.peerworks.job.engine");
    assertThat(list.status()).as(list.err()).isZero();
    assertThat(list.out()).contains("KEY");

    Said refused = ssh("operator", "config:edit org.peerworks.worker name=mine token=hush-hush");
    assertThat(refused.status()).isEqualTo(4);
    assertThat(refused.err()).contains("needs the role administrator");
    assertThat(lab.workerData().resolve("config/org.peerworks.worker.cfg")).doesNotExist();
    assertThat(records())
        .contains("REFUSED", "config:edit org.peerworks.worker name=mine token=***")
        .doesNotContain("hush");

    Said cancelled = ssh("operator", "job:cancel 1");
    assertThat(cancelled.status()).isEqualTo(1);
    assertThat(records().lines().filter(l -> l.contains("o-anna") && l.contains("job:cancel 1")))
        .anyMatch(line -> line.contains("BEGUN"))
        .anyMatch(line -> line.contains("FAILED"));
  }

  @Test
  @Order(4)
  void anAdministratorEditsAndTakesItBack() throws Exception {
    Said wrong = ssh("administrator", "config:edit org.peerworks.worker maxPeers=many");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("a whole number from 1 to 10000 was expected");
    assertThat(ssh("administrator", "config:edit org.peerworks.worker maxPers=5").err())
        .contains("did you mean 'maxPeers'?");

    Said edited = ssh("administrator", "config:edit org.peerworks.audit files=7");
    assertThat(edited.status()).as(edited.err()).isZero();
    Path file = lab.workerData().resolve("config/org.peerworks.audit.cfg");
    assertThat(file).hasContent("files = 7\n");
    assertThat(ssh("administrator", "config:list --json org.peerworks.audit").out())
        .contains("\"key\":\"files\",\"value\":\"7\",\"from\":\"administrator\"");

    String snapshot = edited.out().replaceAll("(?s).*config:rollback ([0-9-]+).*", "$1");
    assertThat(ssh("administrator", "config:rollback " + snapshot).status()).isZero();
    assertThat(file).doesNotExist();
    assertThat(ssh("administrator", "config:list --json org.peerworks.audit").out())
        .contains("\"key\":\"files\",\"value\":\"100\",\"from\":\"default\"");
  }

  @Test
  @Order(5)
  void nothingButSessionsGoesThroughTheDoor() throws Exception {
    List<String> forward = command("administrator");
    forward.addAll(
        List.of("-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1", "127.0.0.1"));
    assertThat(run("", forward.toArray(String[]::new)).status()).isEqualTo(255);
    List<String> sftp = command("administrator");
    sftp.addAll(List.of("-s", "127.0.0.1", "sftp"));
    assertThat(run("", sftp.toArray(String[]::new)).status()).isNotZero();
  }

  @Test
  @Order(6)
  void aPromptCompletesAndSeveralUsersAreThereAtOnce() throws Exception {
    List<String> first = command("viewer");
    first.addAll(List.of("-tt", "127.0.0.1"));
    List<String> second = command("administrator");
    second.addAll(List.of("-tt", "127.0.0.1"));
    Process viewer = new ProcessBuilder(first).redirectErrorStream(true).start();
    try {
      Said administrator = run("job:typ\t\nlb\nexit\n", second.toArray(String[]::new));
      assertThat(administrator.out())
          .contains(
              "a-anna, administrator.", "job:types", "train", "Peerworks :: Bundles :: Shell");
      assertThat(administrator.status()).isZero();
      viewer.getOutputStream().write("job:can\t\nlb\nexit\n".getBytes(StandardCharsets.UTF_8));
      viewer.getOutputStream().flush();
      String said = new String(viewer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said)
          .contains("v-anna, viewer.", "There is no command 'lb'; did you mean 'felix:lb'?")
          .doesNotContain("job:cancel");
    } finally {
      viewer.destroyForcibly();
    }
  }

  @Test
  @Order(7)
  void onTheWorkersMachineOneCommandIsEnough() throws Exception {
    Running shell = lab.atWorker(List.of(), "shell", "job:types", "--json");
    assertThat(shell.exit()).as(shell.transcript()).isZero();
    assertThat(shell.transcript()).contains("\"track\"");
  }

  @Test
  @Order(8)
  void whatIsTypedAtTheWorkersTerminalIsOnRecord() throws Exception {
    worker.type("job:list");
    worker.type("config:snapshot");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(records().lines().filter(line -> line.contains("\"local/")))
                    .filteredOn(line -> line.contains("\"terminal\""))
                    .hasSize(2)
                    .allMatch(line -> line.contains("config:snapshot"))
                    .anyMatch(line -> line.contains("DONE")));
  }

  @Test
  @Order(9)
  void aForgedAuditLineIsFoundAndOnRecord() throws Exception {
    assertThat(ssh("administrator", "audit:verify").status()).isZero();
    Path log = lab.workerData().resolve("store/audit/audit.log");
    Files.writeString(log, Files.readString(log).replaceFirst("felix:install", "felix:refresh"));

    Said found = ssh("administrator", "audit:verify");

    assertThat(found.status()).isEqualTo(1);
    assertThat(found.err()).contains("was tampered with", "seal");
    assertThat(records()).contains("audit:check");
  }

  private static String records() throws Exception {
    Said said = ssh("administrator", "audit:list -n 1000 --json");
    assertThat(said.status()).as(said.err()).isZero();
    return said.out().replace("},{", "},\n{");
  }

  private static Said ssh(String user, String line) throws Exception {
    List<String> words = command(user);
    words.addAll(List.of("127.0.0.1", line));
    return run("", words.toArray(String[]::new));
  }

  private static List<String> command(String user) throws IOException {
    return new ArrayList<>(
        List.of(
            "ssh",
            "-F",
            "none",
            "-p",
            port(),
            "-i",
            directory.resolve(user).toString(),
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "BatchMode=yes",
            "-o",
            "HostKeyAlias=peerworks-local",
            "-o",
            "UserKnownHostsFile=" + lab.workerData().resolve("keys/shell_known_hosts"),
            "-o",
            "LogLevel=ERROR"));
  }

  private static String port() throws IOException {
    return Files.readString(address).strip().split(" ")[1];
  }

  private static Said run(String input, String... words) throws Exception {
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    Process process =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended without reading.
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("'%s' ends", String.join(" ", words))
        .isTrue();
    return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
