package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who has nothing but HTTP uses a worker through the signalling server. */
class RelayIT {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private Lab lab;
  private ScriptedTrainer trainer;
  private Path mount;
  private String room;
  private String peer;

  @BeforeEach
  void openLab() throws Exception {
    lab = new Lab(directory);
    mount = Files.createDirectories(directory.resolve("vast")).toRealPath();
    Files.writeString(mount.resolve("flies.slp"), "labels");
    Files.createDirectories(mount.resolve("models/centroid"));
    lab.configureWorker("org.peerworks.files.resolver", "mounts = lab=" + mount + "\n");
    trainer = new ScriptedTrainer(lab);
    lab.signal();
    LoginPage page = new LoginPage(lab.server().http(), directory.resolve("signal-data"), "anna");
    Running login = lab.client("login", "--no-browser");
    page.grant(login.awaitLine("page: (http\\S+)").group(1));
    assertThat(login.exit()).as(login.transcript()).isZero();
    JsonNode made = json(call("POST", "/api/auth/rooms", "{\"name\":\"lab\"}"));
    room = made.path("room_id").asText();
    Running token = lab.client("token", "create", "--room", room, "--name", "gpu-1");
    assertThat(token.exit()).as(token.transcript()).isZero();
    lab.worker("--room", room).awaitLine("Ready for jobs");
    peer =
        json(call("GET", "/api/rooms/" + room + "/workers", ""))
            .path("workers")
            .get(0)
            .path("peer_id")
            .asText();
  }

  @AfterEach
  void closeLab() throws Exception {
    lab.close();
  }

  private HttpRequest.Builder request(String path) throws Exception {
    JsonNode credentials =
        MAPPER.readTree(lab.userHome().resolve(".sleap-rtc/credentials.json").toFile());
    return HttpRequest.newBuilder(lab.server().http().resolve(path))
        .header("Authorization", "Bearer " + credentials.path("jwt").asText());
  }

  private String call(String method, String path, String body) throws Exception {
    HttpResponse<String> answer =
        http.send(
            request(path).method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static JsonNode json(String text) throws Exception {
    return MAPPER.readTree(text);
  }

  private String to(String more) {
    return "{\"room_id\":\"%s\",\"peer_id\":\"%s\",%s}"
        .formatted(room, peer, more.replace('\'', '"'));
  }

  private String submit() throws Exception {
    String config =
        "'config':{'type':'track','data_path':'%s','model_paths':['%s']}"
            .formatted(mount.resolve("flies.slp"), mount.resolve("models/centroid"));
    return json(call("POST", "/api/jobs/submit", to(config))).path("job_id").asText();
  }

  /** Reads a channel until an event has this text in this field. */
  private JsonNode read(String channel, String field, String text) throws Exception {
    HttpResponse<Stream<String>> answer =
        http.send(request("/relay/stream/" + channel).build(), HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = answer.body()) {
      for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
        String line = each.next();
        if (line.startsWith("data: ")) {
          JsonNode event = json(line.substring("data: ".length()));
          if (event.path(field).asText().equals(text)) {
            return event;
          }
        }
      }
    }
    throw new AssertionError("The stream of '" + channel + "' ended: " + answer);
  }

  @Test
  void directoriesAreListedAndJobsRunAndAreCancelled() throws Exception {
    call("POST", "/api/fs/list", to("'req_id':'r1','path':'" + mount + "'"));
    JsonNode list = read("worker:" + peer, "req_id", "r1");
    assertThat(list.path("entries")).as("%s", list).hasSize(2);
    assertThat(list.path("entries").get(1).path("name").asText()).isEqualTo("flies.slp");
    call("POST", "/api/fs/list", to("'req_id':'r2','path':'/etc'"));
    assertThat(read("worker:" + peer, "req_id", "r2").path("error").asText()).isNotEmpty();

    String cancelled = submit();
    read(cancelled, "status", "running");
    call("POST", "/api/jobs/" + cancelled + "/cancel", to("'mode':'cancel'"));
    assertThat(read(cancelled, "status", "failed").path("message").asText()).isNotEmpty();

    trainer.go();
    String done = submit();
    Path predictions = Path.of(read(done, "status", "complete").path("output_path").asText());
    assertThat(predictions.getParent()).isEqualTo(mount);
    assertThat(predictions).hasContent("predictions");
  }
}
