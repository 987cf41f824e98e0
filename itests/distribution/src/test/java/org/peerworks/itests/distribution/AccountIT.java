package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account from the sign-in to a training in one of its rooms. */
class AccountIT {

  @TempDir Path directory;

  private Lab lab;
  private ScriptedTrainer trainer;

  @BeforeEach
  void openLab() throws Exception {
    lab = new Lab(directory);
    trainer = new ScriptedTrainer(lab);
    trainer.go();
    lab.signal();
  }

  @AfterEach
  void closeLab() throws Exception {
    lab.close();
  }

  @Test
  void whoSignsInTrainsInARoomOfHisOwnUntilTheWorkersTokenIsRevoked() throws Exception {
    signIn("anna");
    String room = json("room", "create", "--name", "lab").path("room").path("room_id").asText();
    String token =
        json("token", "create", "--room", room, "--name", "gpu-1")
            .path("token")
            .path("public_id")
            .asText();
    assertThat(json("room", "set-default", room).path("defaultRoom").asText()).isEqualTo(room);

    Running worker = lab.worker("--room", room);
    worker.awaitLine("Ready for jobs");
    assertThat(json("room", "info", room).path("workers").path(0).path("worker_name").asText())
        .isEqualTo("gpu-1");

    String zip = trainer.trainingPackage("labels.v001.zip", 1000).toString();
    Running training = lab.client("client-train", "--room", room, "-p", zip, "--non-interactive");
    assertThat(training.exit()).as(training.transcript()).isZero();
    assertThat(lab.desk().resolve("models")).isNotEmptyDirectory();

    assertThat(json("token", "revoke", token, "--force").path("revoked").asText()).isEqualTo(token);
    worker.awaitLine("revoked");
    assertThat(json("room", "info", room).path("workers")).isEmpty();
    assertThat(training.transcript() + worker.transcript()).doesNotContain(jwt());
  }

  private void signIn(String name) throws Exception {
    LoginPage page = new LoginPage(lab.server().http(), directory.resolve("signal-data"), name);
    Running login = lab.client("login", "--no-browser");
    page.grant(login.awaitLine("page: (http\\S+)").group(1));
    assertThat(login.exit()).as(login.transcript()).isZero();
    assertThat(login.transcript()).contains("Signed in as " + name).doesNotContain(jwt());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials())))
        .isEqualTo("rw-------");
  }

  private Path credentials() throws Exception {
    return lab.userHome().resolve(".sleap-rtc/credentials.json");
  }

  private String jwt() throws Exception {
    return new ObjectMapper().readTree(credentials().toFile()).path("jwt").asText();
  }

  /** What a command prints for scripts. */
  private JsonNode json(String... words) throws Exception {
    String[] all = new String[words.length + 1];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--json";
    Running command = lab.client(all);
    assertThat(command.exit()).as(command.transcript()).isZero();
    return new ObjectMapper().readTree(String.join("", command.out()));
  }
}
