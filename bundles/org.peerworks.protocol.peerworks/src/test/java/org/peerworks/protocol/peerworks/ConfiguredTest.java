package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.protocol.peerworks.internal.ClientLimits;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.transfer.UploadLimits;
import org.peerworks.protocol.peerworks.internal.wire.LinkLimits;

class ConfiguredTest {

  private static final String ID = "ed25519:" + "a".repeat(64);

  @Test
  void theDefaultsAreThoseOfTheCode() {
    Settings settings = Configured.settings(config(Map.of()), "peerworks 1");
    assertThat(settings.operators()).isEmpty();
    assertThat(settings.name()).contains(System.getProperty("user.name"));
    assertThat(settings.window()).isEqualTo(4 << 20);
    assertThat(settings.uploads()).isEqualTo(UploadLimits.DEFAULT);
    assertThat(settings.link()).isEqualTo(LinkLimits.DEFAULT);
    assertThat(settings.clients()).isEqualTo(ClientLimits.DEFAULT);
    assertThat(settings.session()).isEqualTo(SessionLimits.DEFAULT);
  }

  @Test
  void operatorsMayStandOnOneLine() {
    String other = ID.replace('a', 'b');
    Settings settings =
        Configured.settings(
            config(Map.of("operators", new String[] {ID + ", " + other})), "peerworks 1");
    assertThat(settings.operators()).containsExactlyInAnyOrder(ID, other);
  }

  @Test
  void anOperatorThatIsNoIdentityIsNamed() {
    assertThatThrownBy(
            () -> Configured.settings(config(Map.of("operators", new String[] {"anna"})), "p"))
        .hasMessageContaining("'anna'")
        .hasMessageContaining("operators");
  }

  @ParameterizedTest
  @CsvSource({
    "maxFileMegabytes,1,2147483647",
    "maxCallerMegabytes,1,2147483647",
    "maxCallerFiles,1,1000000",
    "diskReserveMegabytes,0,2147483647",
    "uploadExpiryMinutes,1,1000000",
    "stallSeconds,1,86400",
    "maxClients,1,10000",
    "maxPeerConnections,1,64",
    "maxCallerConnections,1,10000",
    "idleSeconds,1,86400",
    "maxOpenRequests,1,10000",
    "maxFeeds,1,10000",
    "maxFeedCredit,64,100000",
    "maxTransfers,1,64",
    "maxInputs,1,10000",
    "maxMessageKilobytes,64,4096",
    "messagesPerSecond,100,1000000",
    "queuedTextKilobytes,8192,1048576",
    "queuedKilobytes,64,1048576",
    "windowKilobytes,512,1048576",
    "helloSeconds,1,86400",
    "pingSeconds,1,86400",
    "silenceSeconds,1,86400"
  })
  void whatIsOutOfRangeIsNamedWithItsRange(String key, int least, int most) {
    Map<String, Object> others = Map.of("pingSeconds", 1, "silenceSeconds", 86_400);
    for (int good : new int[] {least, most}) {
      Map<String, Object> values = new HashMap<>(others);
      values.put(key, key.equals("pingSeconds") ? Math.min(good, 86_399) : good);
      if (!key.equals("silenceSeconds") || good == most) {
        assertThat(Configured.settings(config(values), "p")).isNotNull();
      }
    }
    for (long bad : new long[] {least - 1L, most + 1L, Integer.MIN_VALUE}) {
      if (bad <= Integer.MAX_VALUE) {
        assertThatThrownBy(() -> Configured.settings(config(Map.of(key, (int) bad)), "p"))
            .hasMessageContaining("'" + key + "' in org.peerworks.protocol.peerworks.cfg")
            .hasMessageContaining("from " + least + " to " + most)
            .hasMessageContaining("is " + bad);
      }
    }
  }

  @Test
  void silenceMustBeLongerThanThePauseOfPings() {
    assertThatThrownBy(
            () -> Configured.settings(config(Map.of("pingSeconds", 30, "silenceSeconds", 30)), "p"))
        .hasMessageContaining("'silenceSeconds'")
        .hasMessageContaining("'pingSeconds', 30");
  }

  @Test
  void eachSettingIsInTheFileOfDefaultsAndInTheDocument() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent().getParent();
    String file = Files.readString(root.resolve("config/org.peerworks.protocol.peerworks.cfg"));
    String document = Files.readString(root.resolve("docs/protocol.md"));
    for (Method setting : PeerworksConfig.class.getDeclaredMethods()) {
      Object value = setting.getDefaultValue();
      String shown = value instanceof Integer number ? " " + number : "";
      assertThat(file).contains("#" + setting.getName() + " =" + shown + "\n");
      assertThat(document).contains("`" + setting.getName() + "`");
    }
  }

  static PeerworksConfig config(Map<String, Object> values) {
    return (PeerworksConfig)
        Proxy.newProxyInstance(
            PeerworksConfig.class.getClassLoader(),
            new Class<?>[] {PeerworksConfig.class},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
