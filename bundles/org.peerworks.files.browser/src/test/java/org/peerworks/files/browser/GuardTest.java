package org.peerworks.files.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see the page. */
final class GuardTest {

  private static final String HOST = "127.0.0.1:8765";

  private final Run run = Run.begin();
  private final Guard guard = new Guard(run);

  @Test
  void theTokenOpensPageAndSocketAndSoDoesItsCookie() {
    assertThat(guard.refusal(pass(HOST, "", run.token(), null))).isEmpty();
    assertThat(guard.refusal(pass(HOST, "", null, run.token()))).isEmpty();
    assertThat(guard.socketRefusal(pass(HOST, "", run.token(), null))).isEmpty();
    assertThat(guard.socketRefusal(pass(HOST, "http://" + HOST, null, run.token()))).isEmpty();
  }

  @Test
  void eachRunHasATokenOfItsOwnWith128Bits() {
    Run other = Run.begin();
    assertThat(run.token()).hasSize(22).matches("[A-Za-z0-9_-]+").isNotEqualTo(other.token());
    assertThat(run.cookie()).isNotEqualTo(other.cookie());
    assertThat(run.toString()).doesNotContain(run.token());
    assertThat(guard.refusal(pass(HOST, "", other.token(), null))).contains(Guard.INVALID_TOKEN);
  }

  @Test
  void aMissingOrWrongTokenIsRefusedAlsoBesideAGoodCookie() {
    assertThat(guard.refusal(pass(HOST, "", null, null))).contains(Guard.INVALID_TOKEN);
    assertThat(guard.refusal(pass(HOST, "", "", null))).contains(Guard.INVALID_TOKEN);
    assertThat(guard.refusal(pass(HOST, "", null, "wrong"))).contains(Guard.INVALID_TOKEN);
    assertThat(guard.refusal(pass(HOST, "", "wrong", run.token()))).contains(Guard.INVALID_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:9000", "LOCALHOST", "127.0.0.1", "[::1]:22", "127.0.0.1:1"})
  void loopbackNamesPassWithAnyPort(String host) {
    assertThat(guard.refusal(pass(host, "http://localhost:1234", run.token(), null))).isEmpty();
    assertThat(guard.socketRefusal(pass(host, "http://" + host, null, run.token()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "127.0.0.1.evil.example:8765",
        "localhost.evil.example",
        "evil.example:8765",
        "127.0.0.1:8765@evil.example",
        "127.0.0.1:8765\n",
        "0.0.0.0:8765"
      })
  void aNameThatOnlyLeadsHereIsRefused(String host) {
    assertThat(guard.refusal(pass(host, "", run.token(), null))).contains(Guard.INVALID_HOST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://evil.example",
        "http://localhost.evil.example",
        "http://evil.example:8765",
        "file://",
        "http://127.0.0.1:8765.evil.example"
      })
  void aPageOfSomebodyElseIsRefused(String origin) {
    assertThat(guard.refusal(pass(HOST, origin, run.token(), null))).contains(Guard.INVALID_ORIGIN);
    assertThat(guard.socketRefusal(pass(HOST, origin, run.token(), null)))
        .contains(Guard.INVALID_ORIGIN);
  }

  /** A browser sends cookies of this machine to all of its ports. */
  @Test
  void anotherPageOfThisMachineOpensNoSocketWithOurCookie() {
    assertThat(guard.socketRefusal(pass(HOST, "http://127.0.0.1:3000", null, run.token())))
        .contains(Guard.INVALID_ORIGIN);
    assertThat(guard.socketRefusal(pass(HOST, "", null, run.token())))
        .contains(Guard.INVALID_ORIGIN);
  }

  private static Guard.Pass pass(String host, String origin, String token, String cookie) {
    return new Guard.Pass(host, origin, Optional.ofNullable(token), Optional.ofNullable(cookie));
  }
}
