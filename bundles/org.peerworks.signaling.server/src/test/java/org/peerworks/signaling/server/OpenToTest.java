package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may come without the administrator, as the keys of the configuration say. */
class OpenToTest {

  @TempDir Path data;

  private SignalingServer server(Map<String, Object> keys) throws Exception {
    Map<String, Object> all = new HashMap<>(keys);
    all.put("webSocketPort", 0);
    all.put("httpPort", 0);
    return SignalingServer.start(Tuned.settings(all, data), Clock.systemUTC());
  }

  private static int signIn(SignalingServer server) throws Exception {
    return RawPeer.call(server.address().http(), "POST", "/anonymous-signin", "", "").statusCode();
  }

  private static Browser join(SignalingServer server) throws Exception {
    Browser browser =
        new Browser(server.address().http()).open("/?cli=true&cli_state=0123456789abcdef-0");
    return browser.submit(
        "/join", Map.of("invite_code", "AAAAAAAA", "username", "bob", "password", "long enough"));
  }

  @Test
  void anonymousSignIn() throws Exception {
    try (SignalingServer closed = server(Map.of("anonymousSignIn", false))) {
      assertThat(signIn(closed)).isEqualTo(404);
      assertThat(join(closed).text()).contains("This invite code is wrong");
    }
    try (SignalingServer open = server(Map.of())) {
      assertThat(signIn(open)).isEqualTo(200);
    }
  }

  @Test
  void inviteAccounts() throws Exception {
    try (SignalingServer closed = server(Map.of("inviteAccounts", false))) {
      Browser refused = join(closed);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text()).contains("only the administrator makes accounts");
      assertThat(signIn(closed)).isEqualTo(200);
    }
    try (SignalingServer open = server(Map.of())) {
      assertThat(join(open).text()).contains("This invite code is wrong");
    }
  }
}
