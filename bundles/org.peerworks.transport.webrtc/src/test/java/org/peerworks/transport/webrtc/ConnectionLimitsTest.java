package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;

/** What one peer may use of this machine, however many channels it opens. */
class ConnectionLimitsTest {

  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  @Test
  void manyChannelsGetNoMoreMemoryThanOne() throws Exception {
    Settings small = Tuned.settings().with("receiveBufferBytes", MIB).get();
    try (Pair pair = new Pair(directory, small, Pair.SETTINGS)) {
      Peer client = pair.connect();
      List<Channel> arrived = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Channel channel = Pair.open(client, "lane-" + i);
        arrived.add(pair.arrived());
        Pair.get(channel.send(ByteBuffer.allocate(MIB / 4)));
      }
      // Each has a quarter, and the overhead of four messages is too much for the last.
      assertThat(Pair.get(arrived.get(3).closed()))
          .contains("More than " + MIB + " bytes waited to be received");
      Collected received = new Collected();
      arrived.get(0).receive(received);
      await().until(() -> received.binaries.size() == 1);
      // What was taken makes room again.
      Channel next = Pair.open(client, "next");
      Channel there = pair.arrived();
      Pair.get(next.send(ByteBuffer.allocate(MIB / 4)));
      there.receive(received);
      await().until(() -> received.binaries.size() == 2);
      assertThat(arrived.subList(0, 3))
          .noneMatch(channel -> channel.closed().toCompletableFuture().isDone());
    }
  }

  @Test
  void aChannelThatIsClosedMakesRoomForTheOthers() throws Exception {
    Settings small = Tuned.settings().with("receiveBufferBytes", MIB).get();
    try (Pair pair = new Pair(directory, small, Pair.SETTINGS)) {
      Peer client = pair.connect();
      Peer worker = pair.accepted();
      for (int i = 1; i <= 12; i++) {
        Channel channel = Pair.open(client, "lane-" + i);
        Channel there = pair.arrived();
        Pair.get(channel.send(ByteBuffer.allocate(MIB / 4)));
        int messages = i;
        await().until(() -> worker.traffic().messagesReceived() == messages);
        assertThat(there.closed().toCompletableFuture()).isNotDone();
        there.close();
        Pair.get(channel.closed());
      }
    }
  }

  @Test
  void noMoreChannelsThanAllowedAreTaken() throws Exception {
    Settings two = Tuned.settings().with("maxChannels", 2).get();
    try (Pair pair = new Pair(directory, two, Pair.SETTINGS)) {
      Peer client = pair.connect();
      Channel first = Pair.open(client, "first");
      Channel second = Pair.open(client, "second");
      assertThat(refusal(client, "third")).contains("The other side closed channel 'third'");
      Pair.get(first.send("x"));
      assertThat(pair.arrived().label()).isEqualTo("first");
      assertThat(pair.arrived().label()).isEqualTo("second");
      assertThat(pair.channels).isEmpty();
      second.close();
      Pair.get(second.closed());
      await().until(() -> ((WebRtcPeer) pair.accepted.peek()).link().channels() == 1);
      Pair.open(client, "again");
      assertThat(pair.arrived().label()).isEqualTo("again");
    }
  }

  @Test
  void noMoreChannelsThanAllowedAreOpened() throws Exception {
    Settings two = Tuned.settings().with("maxChannels", 2).get();
    try (Pair pair = new Pair(directory, Pair.SETTINGS, two)) {
      Peer client = pair.connect();
      Pair.open(client, "first");
      Pair.open(client, "second");
      assertThatThrownBy(() -> Pair.open(client, "third"))
          .hasMessageContaining("2 channels")
          .hasMessageContaining("'maxChannels'");
    }
  }

  @Test
  void aChannelWithAnEndlessLabelIsNotTaken() throws Exception {
    try (Pair pair = new Pair(directory)) {
      Peer client = pair.connect();
      assertThat(refusal(client, "x".repeat(65))).contains("The other side closed channel 'xxx");
      assertThat(pair.channels).isEmpty();
    }
  }

  @Test
  void channelsThatComeAndGoCountAsWhatAConnectionMayReceive() throws Exception {
    Settings few = Tuned.settings().with("maxMessagesReceived", 3).get();
    try (Pair pair = new Pair(directory, few, Pair.SETTINGS)) {
      Peer client = pair.connect();
      for (int i = 0; i < 3; i++) {
        Pair.open(client, "lane-" + i);
      }
      assertThat(Pair.get(pair.accepted().closed()))
          .contains("3 messages")
          .contains("Connect again");
    }
  }

  @Test
  void aConnectionSaysThatItIsWornBeforeItEnds() throws Exception {
    Settings few = Tuned.settings().with("maxMessagesReceived", 20).get();
    try (Pair pair = new Pair(directory, few, Pair.SETTINGS)) {
      Peer client = pair.connect();
      Channel channel = Pair.open(client, "lane");
      Peer worker = pair.accepted();
      for (int i = 0; i < 16; i++) {
        Pair.get(channel.send("x"));
      }
      assertThat(worker.worn().toCompletableFuture()).isNotDone();
      Pair.get(channel.send("x"));
      Pair.get(worker.worn());
      assertThat(worker.closed().toCompletableFuture()).isNotDone();
      assertThat(client.worn().toCompletableFuture()).isNotDone();
    }
  }

  /** What is heard of a channel that the other side does not take: at once, or soon. */
  private static String refusal(Peer client, String label) throws Exception {
    return Pair.get(
        ((WebRtcPeer) client)
            .link()
            .open(label, ChannelOptions.DEFAULT)
            .thenCompose(Channel::closed)
            .exceptionally(Throwable::getMessage));
  }
}
