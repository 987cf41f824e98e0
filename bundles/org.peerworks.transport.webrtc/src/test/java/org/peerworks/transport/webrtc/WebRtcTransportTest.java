package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

class WebRtcTransportTest {

  @TempDir Path directory;

  @Test
  void messagesGoBothWays() throws Exception {
    try (Pair pair = new Pair(directory)) {
      Peer client = pair.connect();
      Peer worker = pair.accepted();
      assertThat(client.id()).isEqualTo("worker");
      assertThat(worker.id()).isEqualTo("client");
      Channel here = Pair.open(client, "peerworks");
      Channel there = pair.arrived();
      assertThat(there.label()).isEqualTo("peerworks");
      Collected received = new Collected();
      Collected replies = new Collected();
      there.receive(received);
      here.receive(replies);

      Pair.get(here.send("hello"));
      Pair.get(here.send(ByteBuffer.wrap(new byte[] {1, 2, 3})));
      Pair.get(there.send("hello yourself"));

      await().untilAsserted(() -> assertThat(received.texts).containsExactly("hello"));
      await().untilAsserted(() -> assertThat(received.binaries).hasSize(1));
      await().untilAsserted(() -> assertThat(replies.texts).containsExactly("hello yourself"));
      assertThat(received.binaries.get(0)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void bothSidesSeeTheSameCertificates() throws Exception {
    try (Pair pair = new Pair(directory)) {
      Peer client = pair.connect();
      Peer worker = pair.accepted();
      assertThat(client.binding().local())
          .isEqualTo(worker.binding().remote())
          .matches("sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}");
      assertThat(client.binding().remote()).isEqualTo(worker.binding().local());
      assertThat(client.binding().local()).isNotEqualTo(client.binding().remote());
    }
  }
}
