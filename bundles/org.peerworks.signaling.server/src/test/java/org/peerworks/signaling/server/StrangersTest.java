package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each call that belongs to an account, made by somebody who has none. */
class StrangersTest {

  @TempDir static Path data;
  private static Lab lab;
  private static String anna;
  private static String room;

  @BeforeAll
  static void start() throws Exception {
    lab = Lab.open(data);
    anna = lab.jwt("anna");
    room = lab.room(anna);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/auth/rooms, 401",
    "GET, /api/auth/rooms, 401",
    "GET, /api/auth/rooms/ROOM, 401",
    "PATCH, /api/auth/rooms/ROOM, 401",
    "DELETE, /api/auth/rooms/ROOM, 401",
    "POST, /api/auth/rooms/ROOM/invite, 401",
    "POST, /api/auth/rooms/join, 401",
    "GET, /api/auth/rooms/ROOM/members, 401",
    "DELETE, /api/auth/rooms/ROOM/members/x, 401",
    "POST, /api/auth/token, 401",
    "GET, /api/auth/tokens, 401",
    "DELETE, /api/auth/tokens, 401",
    "DELETE, /api/auth/token/x, 401",
    "DELETE, /api/auth/tokens/x, 401",
    "GET, /api/auth/tokens/x/workers, 401",
    "POST, /api/auth/account-keys, 401",
    "GET, /api/auth/account-keys, 401",
    "DELETE, /api/auth/account-keys/x, 401",
    "POST, /api/auth/public-keys, 401",
    "GET, /api/auth/public-keys, 401",
    "DELETE, /api/auth/public-keys/x, 401",
    "GET, /api/rooms/ROOM/authorized-keys, 401",
    "GET, /api/rooms/ROOM/workers, 401",
    "POST, /api/auth/cli/deposit, 401",
    "GET, /api/admin/users, 401",
    "POST, /api/admin/users, 401",
    "DELETE, /api/admin/users/anna, 401",
    "POST, /api/admin/users/anna/password, 401",
    "POST, /api/jobs/submit, 401",
    "POST, /api/jobs/x/cancel, 401",
    "POST, /api/fs/list, 401",
    "GET, /stream/job_x, 401",
    "GET, /relay/stream/worker:x, 401",
    "POST, /api/worker/job, 501",
    "POST, /api/auth/github/callback, 501"
  })
  void nothingIsShownOrChangedForStrangers(String method, String path, int status)
      throws Exception {
    String at = path.replace("ROOM", room);
    String signedIn = Meeting.token(lab.meeting.signIn());
    for (String bearer : List.of("", "x", signedIn, "slp_acct_x", "eyJ.eyJ.x")) {
      assertThat(lab.call(method, at, bearer, "{}").statusCode()).isEqualTo(status);
    }
    JsonNode error = RawPeer.json(lab.call(method, at, "", "{}").body());
    assertThat(error.path("detail").asText()).isNotEmpty().isEqualTo(error.path("error").asText());
    assertThat(lab.get("/api/auth/rooms", anna).path("count").asInt()).isEqualTo(1);
  }
}
