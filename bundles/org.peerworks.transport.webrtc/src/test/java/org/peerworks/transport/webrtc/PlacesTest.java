package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.SessionString;

class PlacesTest {

  @Test
  void aPeerIsNamedByServerRoomAndId() {
    assertThat(place("ws://127.0.0.1:8080", "r1", "worker-1"))
        .isEqualTo("webrtc/127.0.0.1:8080/r1/worker-1")
        .isEqualTo(place("ws://127.0.0.1:8080/", "r1", "worker-1"));
    assertThat(place("wss://Lab.Example.org/signal", "r1", "w"))
        .isEqualTo("webrtc/lab.example.org:443/r1/w");
  }

  @Test
  void peersOfTheSameIdElsewhereAreOthers() {
    assertThat(place("ws://a:1", "r", "w"))
        .isNotEqualTo(place("ws://b:1", "r", "w"))
        .isNotEqualTo(place("ws://a:2", "r", "w"))
        .isNotEqualTo(place("ws://a:1", "s", "w"));
    assertThat(place("ws://a:1", "r/w", "x")).isNotEqualTo(place("ws://a:1", "r", "w/x"));
    assertThat(place("ws://a:1", "r", "w/x")).isNotEqualTo(place("ws://a:1", "r", "w%2Fx"));
  }

  private static String place(String server, String room, String peer) {
    MemoryRoom at =
        new MemoryRoom(new ConcurrentHashMap<>(), "me") {
          @Override
          public ServerAddress server() {
            return new ServerAddress(URI.create(server), URI.create("http://unused"));
          }

          @Override
          public SessionString session() {
            return new SessionString(room, "token", "me");
          }
        };
    try (at) {
      return Places.of(at, peer);
    }
  }
}
