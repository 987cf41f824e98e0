package org.peerworks.transport.webrtc;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

  private static final Path FILE =
      Path.of("..", "..", "config", "org.peerworks.transport.webrtc.cfg");

  @Test
  void theFileShowsEveryKeyWithItsDefault() throws Exception {
    List<String> keys =
        Files.readAllLines(FILE).stream()
            .filter(line -> line.matches("#\\w+ =.*"))
            .map(line -> line.substring(1).strip())
            .toList();
    assertThat(keys)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(WebRtcTransport.Config.class.getDeclaredMethods())
                .map(ConfigurationTest::line)
                .toList());
  }

  private static String line(Method key) {
    Object value = key.getDefaultValue();
    boolean empty = value.getClass().isArray() && Array.getLength(value) == 0;
    return (key.getName() + " = " + (empty ? "" : value)).strip();
  }

  @Test
  void aValueThatCannotBeUsedIsNamed() {
    Map<String, Object> bad =
        Map.ofEntries(
            entry("iceServers", new String[] {"http://example.org"}),
            entry("minPort", 1024),
            entry("maxPort", 65_536),
            entry("connectTimeoutSeconds", 0),
            entry("gatherTimeoutSeconds", 61),
            entry("disconnectGraceSeconds", 0),
            entry("highWaterBytes", 16 << 20),
            entry("receiveBufferBytes", 1000),
            entry("maxMessagesReceived", 0),
            entry("maxChannels", 0),
            entry("maxPeers", 0),
            entry("maxPending", -1),
            entry("maxOffers", 0));
    bad.forEach(
        (key, value) ->
            assertThatThrownBy(() -> Tuned.settings().with(key, value).get())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + key + "'"));
  }
}
