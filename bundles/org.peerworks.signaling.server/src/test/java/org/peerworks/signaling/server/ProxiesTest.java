package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People behind a TLS proxy, and those who only claim to be. */
class ProxiesTest {

  @TempDir Path data;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none             | 127.0.0.1 | 198.51.100.7               | 127.0.0.1",
        "127.0.0.1        | 127.0.0.1 | 198.51.100.7               | 198.51.100.7",
        "127.0.0.1        | 192.0.2.1 | 198.51.100.7               | 192.0.2.1",
        "127.0.0.1        | 127.0.0.1 | 203.0.113.9, 198.51.100.7  | 198.51.100.7",
        "127.0.0.1,10.0.0.0/8 | 127.0.0.1 | 1.1.1.1, 198.51.100.7, 10.9.8.7 | 198.51.100.7",
        "127.0.0.1        | 127.0.0.1 | 198.51.100.7:4711          | 198.51.100.7",
        "127.0.0.1        | 127.0.0.1 | [2001:db8::1]:4711         | 2001:db8::1",
        "2001:db8::/32    | 2001:db8::5 | 2001:db9::1              | 2001:db9::1",
        "127.0.0.1        | 127.0.0.1 | localhost                  | 127.0.0.1",
        "127.0.0.1        | 127.0.0.1 | unknown, 300.1.1.1         | 127.0.0.1",
        "127.0.0.1        | 127.0.0.1 | ''                         | 127.0.0.1",
        "10.0.0.0/9       | 10.128.0.1 | 198.51.100.7              | 10.128.0.1",
      })
  void aCallerIsTheLastOneWhoIsNoProxyOfOurs(
      String trusted, String remote, String forwarded, String caller) throws Exception {
    assertThat(Proxies.of(trusted).caller(InetAddress.getByName(remote), List.of(forwarded)))
        .isEqualTo(InetAddress.getByName(caller));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "10.0.0.0/0", "10.0.0.0/33", "10.0.0.0/x", "1.2.3", "a, b"})
  void whatIsNoAddressIsNamed(String text) {
    assertThatThrownBy(() -> Proxies.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("trustedProxies");
  }

  @Test
  void limitsCountForEachPersonBehindAProxyAndForNobodyWhoOnlyClaims() throws Exception {
    Limits two = Tuned.limits(Map.of("signInsPerMinute", 2));
    try (SignalingServer behind = server("behind", two, Proxies.of("127.0.0.1"))) {
      assertThat(signIn(behind, "198.51.100.1")).isEqualTo(200);
      assertThat(signIn(behind, "198.51.100.1")).isEqualTo(200);
      assertThat(signIn(behind, "198.51.100.1")).isEqualTo(429);
      assertThat(signIn(behind, "198.51.100.2")).isEqualTo(200);
    }
    try (SignalingServer open = server("open", two, Proxies.NONE)) {
      assertThat(signIn(open, "198.51.100.1")).isEqualTo(200);
      assertThat(signIn(open, "198.51.100.2")).isEqualTo(200);
      assertThat(signIn(open, "198.51.100.3")).isEqualTo(429);
    }
  }

  private SignalingServer server(String name, Limits limits, Proxies proxies) throws Exception {
    return SignalingServer.start(
        new ServerSettings(
            "127.0.0.1",
            0,
            0,
            data.resolve(name),
            "1.2.3",
            limits,
            Pace.DEFAULT,
            ServerSettings.OpenTo.EVERYBODY,
            proxies),
        Clock.systemUTC());
  }

  private static int signIn(SignalingServer server, String from) throws Exception {
    return RawPeer.HTTP
        .send(
            HttpRequest.newBuilder(server.address().http().resolve("/anonymous-signin"))
                .header("X-Forwarded-For", from)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }
}
