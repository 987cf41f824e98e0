package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

  private static final Path FILE =
      Path.of("..", "..", "config", "org.peerworks.signaling.server.cfg");

  @Test
  void theFileShowsEveryKeyWithItsDefault() throws Exception {
    List<String> keys =
        Files.readAllLines(FILE).stream()
            .filter(line -> line.matches("#\\w+ =.*"))
            .map(line -> line.substring(1).strip())
            .toList();
    assertThat(keys)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(SignalingServerComponent.Config.class.getDeclaredMethods())
                .map(ConfigurationTest::line)
                .toList());
  }

  private static String line(Method key) {
    return key.getName() + " = " + key.getDefaultValue();
  }

  @Test
  void theDefaultsAreThoseOfTheServer() {
    assertThat(Tuned.settings(Map.of()).limits()).isEqualTo(Limits.DEFAULT);
    assertThat(Tuned.settings(Map.of()).pace()).isEqualTo(Pace.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "webSocketPort, 65536, 0, 65535",
    "httpPort, -1, 0, 65535",
    "roomDays, 0, 1, 36500",
    "maxConnections, 0, 1, 100000",
    "maxConnectionsPerAddress, 0, 1, 100000",
    "maxMessageBytes, 1000, 16384, 1048576",
    "maxMetadataCharacters, 0, 1024, 65536",
    "maxQueueCharacters, 1000, 524288, 268435456",
    "maxRooms, 0, 1, 1000000",
    "maxRoomsPerOwner, 0, 1, 1000000",
    "maxPeersPerRoom, 1, 2, 10000",
    "maxIdsPerRoom, 0, 2, 100000",
    "maxIdsPerName, 0, 1, 100000",
    "messagesPerSecond, 0, 1, 10000",
    "signInsPerMinute, 0, 1, 1000000",
    "maxUsers, 0, 1, 100000",
    "maxKeysPerUser, 0, 1, 1000",
    "maxMembersPerRoom, 0, 1, 10000",
    "maxTokensPerRoom, 0, 1, 10000",
    "loginsPerMinute, 0, 1, 10000",
    "registerSeconds, 0, 1, 600",
    "pingSeconds, 0, 1, 3600",
    "silenceSeconds, 30, 31, 7200"
  })
  void aValueThatCannotBeUsedIsNamedWithItsRange(String key, int value, int from, int to) {
    assertThatThrownBy(() -> Tuned.settings(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + key + "'")
        .hasMessageContaining("is " + value)
        .hasMessageContaining("from " + from + " to " + to);
  }
}
