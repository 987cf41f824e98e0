package org.peerworks.signaling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerworks.signaling.api.IceServer;
import org.peerworks.signaling.api.Signal;

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
}
