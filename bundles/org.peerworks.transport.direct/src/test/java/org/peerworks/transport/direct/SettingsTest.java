package org.peerworks.transport.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.transport.api.TransportException;

/** The configuration. */
class SettingsTest {

  @Test
  void theDefaultsCanBeUsed() {
    Settings settings = Tuned.settings().get();
    assertThat(settings.bindAddress()).isEmpty();
    assertThat(settings.advertise()).isEmpty();
    assertThat(settings.reachMillis()).isEqualTo(2_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port", "advertisedPort", "answerTimeoutSeconds", "reachTimeoutSeconds",
        "handshakeTimeoutSeconds", "disconnectGraceSeconds", "receiveBufferBytes", "maxChannels",
        "maxPeers", "maxPending", "maxOffers", "maxStrangers"
      })
  void aNumberOutOfRangeIsNamed(String name) {
    assertThatThrownBy(() -> Tuned.settings().with(name, -1).get())
        .hasMessageContaining("'" + name + "' in 'org.peerworks.transport.direct.cfg' is -1");
  }

  @Test
  void addressesAreWithoutPorts() {
    assertThatThrownBy(() -> Tuned.settings().with("bindAddress", "10.0.0.1:99/x").get())
        .hasMessageContaining("'bindAddress' in")
        .hasMessageContaining("without a port");
    assertThatThrownBy(
            () -> Tuned.settings().with("advertise", new String[] {"a", "http://b"}).get())
        .hasMessageContaining("'advertise' in");
  }

  @Test
  void theReceiveBufferHasRoomForAllChannels() {
    assertThatThrownBy(() -> Tuned.settings().with("receiveBufferBytes", 1 << 20).get())
        .hasMessageContaining("32 channels ('maxChannels') need 16781312");
  }

  @Test
  void theMemoryOfAConnectionIsSharedOutAmongItsChannels() {
    long all = 32 << 20;
    Windows windows = new Windows(all, 32);
    long taken = 0;
    int first = windows.take();
    for (int window = first; window > 0; window = windows.take()) {
      assertThat(window).isGreaterThanOrEqualTo(Windows.LEAST);
      taken += window;
    }
    assertThat(first).isGreaterThan(4 << 20);
    assertThat(taken).isLessThanOrEqualTo(all);
    assertThat(windows.left()).isEqualTo(all - taken);
    windows.give(first);
    assertThat(windows.take()).isGreaterThanOrEqualTo(Windows.LEAST);
  }

  @Test
  void aPortThatIsTakenSaysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Tuned settings = Pair.settings().with("port", taken.getLocalPort());
      assertThatThrownBy(() -> new Pair(settings))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("Cannot listen on port " + taken.getLocalPort() + " of '127.0.0.1'")
          .hasMessageContaining("in use");
    }
  }
}
