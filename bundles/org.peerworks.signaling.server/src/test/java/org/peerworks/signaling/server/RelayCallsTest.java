package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs and questions for people who cannot connect to a worker (sleap-rtc §1.10, §1.11). */
class RelayCallsTest {

  @TempDir Path data;
  private Lab lab;
  private String anna;
  private String room;
  private RawPeer worker;

  @BeforeEach
  void start() throws Exception {
    lab = Lab.open(data);
    anna = lab.jwt("anna");
    room = lab.room(anna);
    worker = worker("gpu", room);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  private RawPeer worker(String id, String where) throws Exception {
    return lab.enter(id, "\"role\":\"worker\",\"api_key\":\"" + lab.token(anna, where) + "\"");
  }

  /** A member of the room who does not own it. */
  private String member(String name) throws Exception {
    String jwt = lab.jwt(name);
    String code =
        lab.post("/api/auth/rooms/" + room + "/invite", anna, "").path("invite_code").textValue();
    lab.post("/api/auth/rooms/join", jwt, "{\"invite_code\":\"" + code + "\"}");
    return jwt;
  }

  private String body(String more) {
    return "{\"room_id\":\"" + room + "\",\"peer_id\":\"gpu\"," + more.replace('\'', '"') + "}";
  }

  private String submit(String jwt) throws Exception {
    String id =
        lab.post("/api/jobs/submit", jwt, body("'config':{'type':'track'}"))
            .path("job_id")
            .textValue();
    assertThat(id).matches("job_[0-9a-f]{8}");
    return id;
  }

  private static String status(String job, String status) {
    return "{\"type\":\"job_status\",\"job_id\":\"" + job + "\",\"status\":\"" + status + "\"}";
  }

  private int code(String method, String path, String jwt, String body) throws Exception {
    return lab.call(method, path, jwt, body).statusCode();
  }

  @Test
  void aJobGoesToTheWorkerAndItsNewsComeBackAlsoToWhoReadsLater() throws Exception {
    String id = submit(anna);
    JsonNode assigned = worker.next("job_assigned");
    assertThat(assigned.path("job_id").asText()).isEqualTo(id);
    assertThat(assigned.path("config").path("type").asText()).isEqualTo("track");
    assertThat(assigned.path("submitted_by").asText()).startsWith("user-");
    assertThat(assigned.toString()).doesNotContain(anna);
    worker.send(status(id, "accepted"));

    try (EventReader reader = EventReader.open(lab, id, anna)) {
      assertThat(reader.type).startsWith("text/event-stream");
      JsonNode first = reader.next();
      assertThat(first.path("status").asText()).isEqualTo("accepted");
      assertThat(first.path("_ts").asDouble()).isPositive();
      worker.send("{\"type\":\"job_progress\",\"job_id\":\"" + id + "\",\"event\":\"epoch_end\"}");
      assertThat(reader.next().path("event").asText()).isEqualTo("epoch_end");
      assertThat(
              lab.post("/api/jobs/" + id + "/cancel", anna, body("'mode':'stop'"))
                  .path("status")
                  .asText())
          .isEqualTo("cancel_sent");
      JsonNode cancel = worker.next("job_cancel");
      assertThat(cancel.path("job_id").asText()).isEqualTo(id);
      assertThat(cancel.path("mode").asText()).isEqualTo("stop");
      worker.send(status(id, "complete"));
      assertThat(reader.next().path("status").asText()).isEqualTo("complete");
    }
    try (EventReader late = EventReader.open(lab, id, anna)) {
      assertThat(late.next().path("status").asText()).isEqualTo("accepted");
    }
  }

  @Test
  void aDirectoryIsListedForWhoAskedUnderTheIdThatOneGave() throws Exception {
    String ben = member("ben");
    try (EventReader own = EventReader.open(lab, "worker:gpu", anna);
        EventReader other = EventReader.open(lab, "worker:gpu", ben)) {
      String asked = body("'path':'/vast','req_id':'r1','offset':20");
      assertThat(lab.post("/api/fs/list", anna, asked).path("status").asText())
          .isEqualTo("request_forwarded");
      JsonNode question = worker.next("fs_list_req");
      assertThat(question.path("path").asText()).isEqualTo("/vast");
      assertThat(question.path("offset").asInt()).isEqualTo(20);
      String id = question.path("req_id").asText();
      worker.send("{\"type\":\"fs_list_res\",\"req_id\":\"guessed\",\"entries\":[1]}");
      worker.send("{\"type\":\"fs_list_res\",\"req_id\":\"" + id + "\",\"entries\":[]}");
      JsonNode answer = own.next();
      assertThat(answer.path("req_id").asText()).isEqualTo("r1");
      assertThat(answer.path("entries")).isEmpty();

      lab.post("/api/fs/list", ben, body("'path':'/','req_id':'r2'"));
      id = worker.next("fs_list_req").path("req_id").asText();
      worker.send("{\"type\":\"fs_list_res\",\"req_id\":\"" + id + "\",\"entries\":[]}");
      assertThat(other.next().path("req_id").asText()).isEqualTo("r2");
      assertThat(own.hasEvents()).isFalse();
    }
  }

  @Test
  void strangersAndOtherMembersNeitherHandInNorReadNorEndTheJobsOfOthers() throws Exception {
    String eve = lab.jwt("eve");
    String ben = member("ben");
    String job = submit(anna);
    String submit = body("'config':{}");
    assertThat(code("POST", "/api/jobs/submit", eve, submit)).isEqualTo(403);
    assertThat(code("POST", "/api/fs/list", eve, body("'path':'/','req_id':'1'"))).isEqualTo(403);
    for (String nosy : new String[] {eve, ben}) {
      assertThat(code("GET", "/stream/" + job, nosy, "")).isEqualTo(404);
    }
    assertThat(code("GET", "/stream/worker:gpu", eve, "")).isEqualTo(404);
    assertThat(code("POST", "/api/jobs/" + job + "/cancel", ben, body("'mode':'cancel'")))
        .isEqualTo(404);
    worker.next("job_assigned");
    worker.fence();
    assertThat(worker.hasMessages()).isFalse();
    // The owner of the room may see and end what others do in it.
    String bens = submit(ben);
    assertThat(worker.next("job_assigned").path("job_id").asText()).isEqualTo(bens);
    lab.post("/api/jobs/" + bens + "/cancel", anna, body("'mode':'cancel'"));
    assertThat(worker.next("job_cancel").path("job_id").asText()).isEqualTo(bens);
  }

  @Test
  void onlyTheWorkerThatHasTheJobSpeaksForIt() throws Exception {
    String job = submit(anna);
    RawPeer twin = worker("gpu", lab.room(anna)); // the same name in another room
    RawPeer other = worker("gpu2", room);
    RawPeer client =
        lab.enter(
            "eve", "\"role\":\"client\",\"jwt\":\"" + anna + "\",\"room_id\":\"" + room + "\"");
    try (EventReader reader = EventReader.open(lab, job, anna)) {
      for (RawPeer liar : new RawPeer[] {twin, other, client}) {
        liar.send(status(job, "failed"));
        liar.fence();
      }
      worker.send(
          "{\"type\":\"job_status\",\"job_id\":\""
              + job
              + "\",\"x\":\""
              + "x".repeat(70_000)
              + "\"}");
      worker.send(status(job, "running"));
      assertThat(reader.next().path("status").asText()).isEqualTo("running");
    }
    // Nobody but the server can hand in jobs at a worker.
    client.send("{\"type\":\"job_assigned\",\"target\":\"gpu\",\"job_id\":\"j\",\"config\":{}}");
    assertThat(client.next().path("code").asText()).isEqualTo("UNKNOWN_MESSAGE_TYPE");
  }

  @Test
  void aMemberThatIsPutOutReadsNoMore() throws Exception {
    String ben = member("ben");
    String job = submit(ben);
    worker.next("job_assigned");
    try (EventReader reader = EventReader.open(lab, job, ben)) {
      worker.send(status(job, "running"));
      reader.next();
      String id =
          lab.get("/api/auth/rooms/" + room + "/members", anna)
              .path("members")
              .get(1)
              .path("user_id")
              .asText();
      lab.delete("/api/auth/rooms/" + room + "/members/" + id, anna);
      worker.send(status(job, "complete"));
      reader.awaitEnd();
      assertThat(reader.hasEvents()).isFalse();
    }
  }

  @Test
  void whatCannotBePassedOnIsSaidAtOnce() throws Exception {
    String elsewhere = body("'config':{}").replace("\"gpu\"", "\"nobody\"");
    assertThat(code("POST", "/api/jobs/submit", anna, elsewhere)).isEqualTo(404);
    assertThat(code("POST", "/api/jobs/submit", anna, body("'config':[]"))).isEqualTo(422);
    assertThat(code("POST", "/api/jobs/submit", anna, "{}")).isEqualTo(422);
    assertThat(code("POST", "/api/fs/list", anna, body("'path':'/','req_id':'1','offset':-1")))
        .isEqualTo(422);
    assertThat(code("POST", "/api/fs/list", anna, body("'path':'/'"))).isEqualTo(422);
    assertThat(code("POST", "/api/jobs/job_00000000/cancel", anna, body("'mode':'cancel'")))
        .isEqualTo(404);
    assertThat(code("POST", "/api/jobs/" + submit(anna) + "/cancel", anna, body("'mode':'kill'")))
        .isEqualTo(422);
    String large = body("'config':{'x':'" + "x".repeat(20_000) + "'}");
    assertThat(code("POST", "/api/jobs/submit", anna, large)).isEqualTo(200);
    assertThat(code("POST", "/api/fs/list", anna, large)).isEqualTo(413);
    large = body("'config':{'x':'" + "x".repeat(RelayCalls.MAX_JOB) + "'}");
    assertThat(code("POST", "/api/jobs/submit", anna, large)).isEqualTo(413);
  }

  @Test
  void jobsAndStreamsOfOneAccountAreLimited() throws Exception {
    for (int i = 0; i < 32; i++) {
      submit(anna);
    }
    assertThat(code("POST", "/api/jobs/submit", anna, body("'config':{}"))).isEqualTo(429);
    String job = worker.next("job_assigned").path("job_id").asText();
    for (int i = 0; i < 16; i++) {
      assertThat(EventReader.open(lab, job, anna).status).isEqualTo(200);
    }
    assertThat(EventReader.open(lab, job, anna).status).isEqualTo(429);
  }
}
