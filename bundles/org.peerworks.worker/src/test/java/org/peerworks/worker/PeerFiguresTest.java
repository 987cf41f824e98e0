package org.peerworks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.peerworks.health.api.Metrics;
import org.peerworks.transport.api.Peer;

/** Each peer of the tests has sent 1 message of 20 bytes, and received 3 of 40 bytes. */
class PeerFiguresTest {

  private final PeerFigures figures = new PeerFigures();
  private final List<Peer> here = new ArrayList<>();

  private Map<String, Double> measured() {
    Map<String, Double> told = new LinkedHashMap<>();
    figures.measure(
        here,
        new Metrics() {
          @Override
          public void gauge(String name, String help, double value, String... labels) {
            assertThat(told.put(name + List.of(labels), value)).as("%s", name).isNull();
          }

          @Override
          public void counter(String name, String help, double value, String... labels) {
            gauge(name, help, value, labels);
          }
        });
    return told;
  }

  @Test
  void twoPeersThatSayTheSameIdAreOneAndHostileNamesAreShownAsInLogs() {
    here.add(new TestPeer("anna"));
    here.add(new TestPeer("anna"));
    here.add(new TestPeer("\u202ebert\n"));

    assertThat(measured())
        .containsEntry("peerworks_peers[]", 3.0)
        .containsEntry("peerworks_transfer_bytes_total[direction, sent]", 60.0)
        .containsEntry(
            "peerworks_peer_messages_total[peer, anna, transport, test, direction, received]", 6.0)
        .containsEntry(
            "peerworks_peer_bytes_total[peer, ?bert?, transport, test, direction, sent]", 20.0);
  }

  @Test
  void whatGonePeersSentStaysCounted() {
    Peer anna = new TestPeer("anna");
    here.add(anna);
    here.add(new TestPeer("bert"));
    figures.gone(anna, () -> here.remove(anna));

    assertThat(measured())
        .containsEntry("peerworks_peers[]", 1.0)
        .containsEntry("peerworks_transfer_bytes_total[direction, received]", 80.0)
        .doesNotContainKey(
            "peerworks_peer_bytes_total[peer, anna, transport, test, direction, sent]");
  }
}
