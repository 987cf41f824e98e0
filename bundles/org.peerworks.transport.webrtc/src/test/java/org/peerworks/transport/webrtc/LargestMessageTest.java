package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.transport.api.Channel;

/** What happens to a peer that sends more at once than this side announces. */
class LargestMessageTest {

  @TempDir Path directory;
  private Pair pair;

  @BeforeEach
  void start() {
    pair = new Pair(directory);
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {262_145, 1_048_576})
  void aMessageLongerThanAnnouncedEndsItsChannelAndNobodyElses(int size) throws Exception {
    Channel good = Pair.open(pair.connect(), "good");
    Collected served = new Collected();
    pair.arrived().receive(served);
    try (RawPeer raw = new RawPeer(directory);
        MemoryRoom room = new MemoryRoom(pair.members, "raw")) {
      RTCDataChannel sender = raw.open(room, "worker", 2 << 20);
      Channel receiver = pair.arrived();
      Collected received = new Collected();
      receiver.receive(received);
      send(sender, 262_144);
      send(sender, size);
      assertThat(Pair.get(receiver.closed()))
          .contains(" " + size + " bytes")
          .contains("at most 262144 bytes");
      await().untilAsserted(() -> assertThat(received.closed).hasSize(1));
      assertThat(received.binaries).hasSize(1);
      assertThat(received.binaries.get(0)).hasSize(262_144);
      Pair.get(good.send("still served"));
      await().untilAsserted(() -> assertThat(served.texts).containsExactly("still served"));
      sender.dispose();
    }
  }

  private static void send(RTCDataChannel channel, int size) throws Exception {
    channel.send(new RTCDataChannelBuffer(ByteBuffer.allocateDirect(size), true));
  }
}
