package org.peerworks.signaling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.signaling.api.IceServer;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.PeerQuery;
import org.peerworks.signaling.api.Proof;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.Signal;
import org.peerworks.signaling.api.SignalingException;

class WireTest {

  @Test
  void errorsOfAllShapesAreRead() {
    assertThat(Wire.error(json("{\"type\":\"error\",\"reason\":\"Room not found\"}")))
        .contains("Room not found");
    assertThat(Wire.error(json("{\"type\":\"error\",\"code\":\"X\",\"message\":\"No peer\"}")))
        .contains("No peer");
    assertThat(Wire.error(json("{\"error\":\"Invalid token\"}"))).contains("Invalid token");
    assertThat(Wire.error(json("{\"type\":\"error\"}"))).contains("no reason given");
    assertThat(Wire.error(json("{\"type\":\"peer_list\",\"error\":\"x\"}"))).isEmpty();
  }

  @Test
  void aServersTextCannotDriveATerminal() {
    assertThat(Wire.error(json("{\"type\":\"error\",\"reason\":\"a\\u001b[2Jb\\n\\nc\"}")))
        .contains("a [2Jb c");
  }

  @Test
  void theEndOfCandidatesIsAnEmptyCandidate() {
    assertThat(Wire.signal(json("{\"type\":\"candidate\",\"sender\":\"a\",\"candidate\":null}")))
        .contains(new Signal.Candidate("a", "", "", 0));
  }

  @Test
  void signalsWithoutSenderOrDescriptionAreNone() {
    assertThat(Wire.signal(json("{\"type\":\"offer\",\"sender\":\"a\"}"))).isEmpty();
    assertThat(Wire.signal(json("{\"type\":\"offer\",\"sdp\":\"v=0\"}"))).isEmpty();
    assertThat(Wire.signal(json("{\"type\":\"peer_message\",\"from_peer_id\":\"a\"}"))).isEmpty();
  }

  @Test
  void iceServersHaveOneOrSeveralAddresses() {
    assertThat(
            Wire.iceServers(
                json(
                    "{\"ice_servers\":[{\"urls\":\"stun:a:1\"},{\"urls\":[\"turn:b:2\"],"
                        + "\"username\":\"u\",\"credential\":\"c\"}]}")))
        .containsExactly(
            new IceServer(List.of("stun:a:1"), "", ""),
            new IceServer(List.of("turn:b:2"), "u", "c"));
  }

  @Test
  void aDamagedCredentialIsNotRepeated() {
    assertThat(Identity.ofCredential(new Identity("me", "a:b").toCredential()))
        .isEqualTo(new Identity("me", "a:b"));
    assertThatThrownBy(() -> Identity.ofCredential("secret"))
        .hasMessageContaining("Remove it")
        .hasMessageNotContaining("secret");
  }

  @Test
  void pausesGrowToFiveMinutes() {
    Backoff backoff = new Backoff(Pace.DEFAULT, new Random(1));
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
      assertThat(backoff.next())
          .isBetween(Duration.ofMillis(seconds * 750), Duration.ofMillis(seconds * 1250));
    }
    backoff.reset();
    assertThat(backoff.next()).isLessThan(Duration.ofSeconds(2));
  }

  private static ObjectNode json(String text) {
    return Json.object(text).orElseThrow();
  }

  @Test
  void eachProofHasItsField() {
    assertThat(register(new Pass.Anonymous(new Identity("me", "proof")), "r").toString())
        .contains("\"room_id\":\"r\"", "\"id_token\":\"proof\"")
        .doesNotContain("jwt", "api_key");
    assertThat(register(new Pass.Login(new Proof.Jwt("a.b.c")), "r").toString())
        .contains("\"jwt\":\"a.b.c\"")
        .doesNotContain("id_token", "api_key");
    assertThat(register(new Pass.Key(new Proof.ApiKey("slp_x")), "").toString())
        .contains("\"api_key\":\"slp_x\"", "\"token\":\"\"")
        .doesNotContain("id_token", "room_id");
  }

  @Test
  void aQueryBecomesTheFiltersOfTheWire() {
    PeerQuery query =
        new PeerQuery(
            Role.WORKER,
            Set.of("gpu"),
            Map.of(
                "a",
                new PeerQuery.Condition.AtLeast(8),
                "b",
                new PeerQuery.Condition.AtMost(9),
                "c",
                new PeerQuery.Condition.Equal("x")));
    assertThat(Wire.discover("me", query).path("filters"))
        .isEqualTo(
            json(
                "{\"role\":\"worker\",\"tags\":[\"gpu\"],\"properties\":{\"a\":{\"$gte\":8.0},"
                    + "\"b\":{\"$lte\":9.0},\"c\":{\"$eq\":\"x\"}}}"));
    assertThat(Wire.discover("me", PeerQuery.of(Role.PEER)).path("filters")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Invalid API key, ACCESS_DENIED",
    "Token revoked, ACCESS_DENIED",
    "Token expired, ACCESS_DENIED",
    "No access to this room, ACCESS_DENIED",
    "JWT validation failed, ACCESS_DENIED",
    "Invalid token: expired, ACCESS_DENIED",
    "Room expired, ROOM_GONE",
    "'Peer id ''w'' belongs to somebody else.', ID_TAKEN",
    "whatever, OTHER"
  })
  void whyARegistrationIsRefusedIsTold(String reason, SignalingException.Code code) {
    Place place =
        new Place(ServerAddress.LOCAL, new Pass.Login(new Proof.Jwt("secret")), "lab", "");
    SignalingException refused =
        ((Refused) Problems.registration(reason, false, place)).toException();
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.reason()).contains(reason);
    assertThat(refused).hasMessageNotContaining("secret");
  }

  @Test
  void aServerThatIsInTroubleIsTriedAgain() {
    Place place =
        new Place(ServerAddress.LOCAL, new Pass.Login(new Proof.Jwt("secret")), "lab", "");
    assertThat(Problems.registration("DynamoDB error", false, place))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anErrorThatDoesNotSayToWhatFailsTheQuestionThatWaits() {
    Replies replies = new Replies();
    CompletableFuture<ObjectNode> answer = replies.expect("update_metadata");
    assertThat(replies.failed(json("{\"code\":\"PEER_NOT_FOUND\"}"), "who?")).isFalse();
    assertThat(replies.failed(json("{\"reason\":\"worker_busy\"}"), "busy")).isFalse();
    assertThat(replies.failed(json("{\"code\":\"NOT_IN_ROOM\"}"), "not here")).isTrue();
    assertThat(answer)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .withMessageContaining("not here");
  }

  private static ObjectNode register(Pass pass, String room) {
    return Wire.register(
        new Place(ServerAddress.LOCAL, pass, room, ""),
        new PeerInfo("p", Role.WORKER, List.of(), Map.of()));
  }
}
