package org.peerworks.protocol.peerworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peerworks.protocol.peerworks.internal.Settings;

class ConfiguredTest {

  private static final String ID = "ed25519:" + "a".repeat(64);

  @Test
  void theDefaultsAreValid() {
    Settings settings = Configured.settings(config(Map.of()), "peerworks 1");
    assertThat(settings.operators()).isEmpty();
    assertThat(settings.name()).contains(System.getProperty("user.name"));
    assertThat(settings.window()).isEqualTo(4 << 20);
    assertThat(settings.uploads().fileBytes()).isEqualTo(64L << 30);
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
  void whatIsWrongIsNamed() {
    assertThatThrownBy(
            () -> Configured.settings(config(Map.of("operators", new String[] {"anna"})), "p"))
        .hasMessageContaining("'anna'")
        .hasMessageContaining("operators");
    assertThatThrownBy(() -> Configured.settings(config(Map.of("windowKilobytes", 1)), "p"))
        .hasMessageContaining("windowKilobytes")
        .hasMessageContaining("512");
  }

  private static PeerworksConfig config(Map<String, Object> values) {
    return (PeerworksConfig)
        Proxy.newProxyInstance(
            PeerworksConfig.class.getClassLoader(),
            new Class<?>[] {PeerworksConfig.class},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
