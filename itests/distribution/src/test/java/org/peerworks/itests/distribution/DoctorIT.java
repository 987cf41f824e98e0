package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code peerworks doctor} finds on a good machine and on a bad one. */
class DoctorIT {

  @TempDir Path directory;

  private Lab lab;

  @BeforeEach
  void openLab() throws Exception {
    lab = new Lab(directory);
  }

  @AfterEach
  void closeLab() throws Exception {
    lab.close();
  }

  private static List<String> bad(Running doctor) throws IOException {
    JsonNode report = new ObjectMapper().readTree(String.join("\n", doctor.out()));
    List<String> errors = new ArrayList<>();
    for (JsonNode finding : report.get("findings")) {
      if (finding.get("level").asText().equals("error")) {
        assertThat(finding.get("mend").asText()).as("%s", finding).isNotEmpty();
        errors.add(finding.get("check").asText() + ": " + finding.get("found").asText());
      }
    }
    return errors;
  }

  @Test
  void nothingIsWrongWhereAWorkerRunsWell() throws Exception {
    lab.signal();
    Lab.session(lab.worker());

    Running doctor = lab.atWorker(List.of(), "doctor");

    assertThat(doctor.exit()).as(doctor.transcript()).isZero();
    assertThat(doctor.transcript())
        .contains("is held by a signalling server")
        .contains("takes messages")
        .containsPattern("17 MB in [0-9.]+ s, that is [0-9]+ MB/s");
    Running client = lab.client("doctor", "--json");
    assertThat(client.exit()).as(client.transcript()).isZero();
    assertThat(bad(client)).isEmpty();
  }

  @Test
  void sixThingsThatAreWrongAtOnceAreAllNamed() throws Exception {
    Path libraries = Files.createDirectories(directory.resolve("broken libraries"));
    Files.writeString(libraries.resolve("libpulse.so.0"), "no library");
    lab.configureWorker("org.peerworks.job.process", "programs = sleap-nn=/opt/none/sleap-nn\n");
    ServerSocket other = serverOfAnotherTime();
    Files.setPosixFilePermissions(lab.workerData(), PosixFilePermissions.fromString("r-xr-xr-x"));
    List<String> launcher = new ArrayList<>(BadStartIT.asNobodySpecial());
    launcher.addAll(List.of("env", "LD_LIBRARY_PATH=" + libraries));
    int port = other.getLocalPort();

    Running doctor =
        lab.atWorker(
            launcher,
            "doctor",
            "--json",
            "--server=127.0.0.1:" + lab.port(),
            "--server-http=127.0.0.1:" + port);

    assertThat(doctor.exit()).as(doctor.transcript()).isEqualTo(1);
    assertThat(bad(doctor))
        .anySatisfy(
            found -> assertThat(found).startsWith("Native libraries:").contains("libpulse.so.0"))
        .anySatisfy(
            found -> assertThat(found).startsWith("Trainer:").contains("/opt/none/sleap-nn"))
        .anySatisfy(
            found -> assertThat(found).startsWith("Disk:").contains("'" + lab.workerData() + "'"))
        .anySatisfy(found -> assertThat(found).startsWith("Ports:").contains("Port " + port + " "))
        .anySatisfy(
            found ->
                assertThat(found)
                    .startsWith("Signalling server:")
                    .contains("ws://127.0.0.1:" + lab.port()))
        .anySatisfy(found -> assertThat(found).startsWith("Clock:").contains("days"))
        .anySatisfy(found -> assertThat(found).startsWith("Transfer:").contains("libpulse.so.0"));
    other.close();
    try (Stream<Path> left = Files.list(lab.workerData())) {
      assertThat(left.map(path -> path.getFileName().toString())).containsExactly("config");
    }
    try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left.map(Path::toString)).noneMatch(name -> name.contains("peerworks-doctor"));
    }
  }

  @Test
  void whatKeepsAWorkerFromTakingJobsIsNamed() throws Exception {
    lab.configureWorker(
        "org.peerworks.job.engine", "cpuSlots = -3\ndiskReserveBytes = 900000000000000\n");
    lab.configureWorker("org.peerworks.transport.webrtc", "connectTimeoutSeconds = 99999\n");
    Path store = Files.createDirectories(lab.workerData().resolve("store"));
    byte[] damaged = "no database".repeat(500).getBytes(StandardCharsets.US_ASCII);
    Files.write(store.resolve("peerworks.db"), damaged);
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path trainer = Files.writeString(bin.resolve("sleap-nn"), "#!/opt/none/python3\n");
    Files.setPosixFilePermissions(trainer, PosixFilePermissions.fromString("rwxr-xr-x"));

    Running doctor =
        lab.atWorker(
            List.of("env", "PATH=" + bin + ":" + System.getenv("PATH")), "doctor", "--json");

    assertThat(doctor.exit()).as(doctor.transcript()).isEqualTo(1);
    assertThat(bad(doctor))
        .anySatisfy(found -> assertThat(found).startsWith("Configuration:").contains("'cpuSlots'"))
        .anySatisfy(found -> assertThat(found).startsWith("Configuration:").contains("is '99999'"))
        .anySatisfy(
            found ->
                assertThat(found)
                    .startsWith("Disk:")
                    .contains("jobs are refused below 900000.0 GB ('diskReserveBytes'"))
        .anySatisfy(
            found ->
                assertThat(found)
                    .startsWith("Job store:")
                    .contains("peerworks.db' cannot be used")
                    .contains("not a database"))
        .anySatisfy(
            found ->
                assertThat(found).startsWith("Trainer:").contains("interpreter does not exist"));
    assertThat(store).isDirectoryContaining("glob:**/peerworks.db");
    assertThat(store.resolve("peerworks.db")).hasBinaryContent(damaged);
  }

  /** Answers calls, but not as a signalling server does, and with a date of long ago. */
  private static ServerSocket serverOfAnotherTime() throws IOException {
    ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> answer(server), "server-of-another-time");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static void answer(ServerSocket server) {
    byte[] answer =
        "HTTP/1.1 200 OK\r\nDate: Sat, 01 Jan 2000 00:00:00 GMT\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    while (!server.isClosed()) {
      try (Socket caller = server.accept()) {
        BufferedReader request =
            new BufferedReader(
                new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
        String line = request.readLine();
        while (line != null && !line.isEmpty()) {
          line = request.readLine();
        }
        caller.getOutputStream().write(answer);
      } catch (IOException e) {
        // The caller hung up, or the test is over.
        continue;
      }
    }
  }
}
