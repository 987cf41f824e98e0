package org.peerworks.transport.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/** A peer that was let in and breaks the rules. */
class HostilePeerTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private Pair pair;
  private RawTls client;
  private Peer peer;

  @BeforeEach
  void letIn() throws Exception {
    Identity key = Identity.create();
    pair = new Pair(Pair.settings().with("maxChannels", 2).with("receiveBufferBytes", 2 << 20));
    client = RawTls.client(RawTls.invitation(pair, key.fingerprint()), key, "TLSv1.3").hello();
    peer = pair.accepted();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    pair.close();
  }

  static Stream<Arguments> breaches() {
    return Stream.of(
        Arguments.of("frame of kind 99, which is not known", Frames.header(99, 0, 0)),
        Arguments.of("bytes, which is too long", Frames.header(Frames.PING, 5000, 0)),
        Arguments.of("used channel 3, which was never opened", Frames.header(Frames.MORE, 1, 3)),
        Arguments.of("used channel 0", Frames.first(Frames.TEXT, 1, 0, 1)),
        Arguments.of("opened a channel with the number 2", opening(2)),
        Arguments.of("opened a channel with the number 1", opening(1)),
        Arguments.of("opened a channel with the number -1", opening(-1)),
        Arguments.of("opened a channel without saying how", Frames.header(Frames.OPEN, 0, 3)),
        Arguments.of("makes no sense", nonsense()),
        Arguments.of("without its number", Frames.header(Frames.CREDIT, 0, 1)),
        Arguments.of("granted more than there is", Frames.number(Frames.CREDIT, 1, -1)),
        Arguments.of("granted more than there is", Frames.number(Frames.CREDIT, 1, 0x7fffffff)),
        Arguments.of("opened a channel that was not to be", Frames.number(Frames.OPENED, 1, 5)),
        Arguments.of("a message that it had not begun", Frames.header(Frames.MORE, 1, 1)),
        Arguments.of("without its length", Frames.header(Frames.BINARY, 3, 1)),
        Arguments.of("of 262145 bytes; at most", Frames.first(Frames.BINARY, 1, 1, 262145)),
        Arguments.of("of 4294967295 bytes; at most", Frames.first(Frames.TEXT, 1, 1, -1)),
        Arguments.of("more of a message than it had said", Frames.first(Frames.TEXT, 9, 1, 8)));
  }

  private static ByteBuffer opening(int channel) {
    return Frames.open(channel, new Frames.Opening(1000, true, "x", ""));
  }

  private static ByteBuffer nonsense() {
    return ByteBuffer.allocate(15)
        .putInt(Frames.OPEN << 24 | 7)
        .putInt(3)
        .putInt(1000)
        .put((byte) 0)
        .putShort((short) 9)
        .flip();
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void whoBreaksTheRulesLosesTheConnectionAndIsToldWhy(String reason, ByteBuffer frame)
      throws Exception {
    client.frame(opening(1));
    client.expect(Frames.OPENED);
    Channel channel = pair.arrived();
    client.frame(frame.duplicate());
    assertThat(Pair.get(peer.closed())).contains(reason).startsWith("'raw' ");
    assertThat(Pair.get(channel.closed())).contains(reason);
    assertThat(StandardCharsets.UTF_8.decode(client.expect(Frames.GOODBYE)).toString())
        .contains(reason);
  }

  @Test
  void whoSendsMoreThanItWasGrantedLosesTheConnection() throws Exception {
    client.frame(opening(1));
    int granted = client.expect(Frames.OPENED).getInt();
    assertThat(granted).isLessThanOrEqualTo(2 << 20);
    Channel channel = pair.arrived();
    int message = 100_000;
    for (int sent = 0; sent <= granted; sent += Frames.cost(message)) {
      client.frame(Frames.first(Frames.BINARY, message, 1, message));
      try {
        client.out.write(new byte[message]);
        client.out.flush();
      } catch (IOException e) {
        break; // it has been noticed
      }
    }
    assertThat(Pair.get(peer.closed())).contains("sent more than it was granted");
    assertThat(Pair.get(channel.closed())).contains("sent more than it was granted");
  }

  @Test
  void emptyMessagesAreNotForFree() throws Exception {
    client.frame(opening(1));
    int granted = client.expect(Frames.OPENED).getInt();
    ByteBuffer empties = ByteBuffer.allocate(12 * (granted / Frames.cost(0) + 1));
    while (empties.hasRemaining()) {
      empties.put(Frames.first(Frames.TEXT, 0, 1, 0));
    }
    client.frame(empties.flip());
    assertThat(Pair.get(peer.closed())).contains("sent more than it was granted");
  }

  @Test
  void channelsBeyondTheLimitAreClosedAndCostNothing() throws Exception {
    client.frame(opening(1)).frame(opening(3));
    client.expect(Frames.OPENED);
    client.expect(Frames.OPENED);
    for (int channel = 5; channel < 2000; channel += 2) {
      client.frame(opening(channel));
      assertThat(Frames.text(client.expect(Frames.CLOSE))).contains("This connection has 2");
    }
    client.frame(Frames.first(Frames.TEXT, 0, 5, 0)); // to a channel that is closed: no matter
    assertThat(peer.closed().toCompletableFuture()).isNotDone();
    pair.arrived().close();
    client.expect(Frames.CLOSE);
    client.frame(opening(2001));
    client.expect(Frames.OPENED);
  }

  @Test
  void whoAsksForAnswersAndReadsNoneIsGivenUp() throws Exception {
    client.frame(opening(1)).frame(opening(3));
    ByteBuffer many = ByteBuffer.allocate(16 << 10);
    try {
      for (int channel = 5; channel < 4_000_000; channel += 2) {
        many.put(opening(channel));
        if (many.remaining() < 16) {
          client.frame(many.flip());
          many.clear();
        }
      }
    } catch (IOException e) {
      // The worker has had enough.
    }
    assertThat(Pair.get(peer.closed())).contains("'raw' does not read what it is sent.");
    await().atMost(LONG).until(() -> pair.worker.connections() == 0);
  }

  @Test
  void aConnectionThatIsCutClosesItsChannelsWithAReason() throws Exception {
    client.frame(opening(1));
    client.expect(Frames.OPENED);
    Channel channel = pair.arrived();
    client.cut();
    assertThat(Pair.get(channel.closed())).startsWith("The connection to 'raw' was lost: ");
    assertThat(Pair.get(peer.closed())).startsWith("The connection to 'raw' was lost: ");
    await().atMost(LONG).until(() -> pair.worker.connections() == 0);
  }

  @Test
  void aConnectionThatEndsWithoutAWordClosesItsChannelsWithAReason() throws Exception {
    client.close();
    assertThat(Pair.get(peer.closed())).startsWith("The connection to 'raw' was lost: ");
  }
}
