package org.peerworks.transport.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelListener;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;

/** Messages over channels. */
class ChannelTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int LARGEST = 256 << 10;

  private Pair pair;
  private Peer worker;

  @BeforeEach
  void connect() throws Exception {
    pair = new Pair(Pair.settings().with("maxChannels", 4));
    worker = pair.connect();
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void messagesOfAllSizesArriveInOrderAndUnchanged() throws Exception {
    Channel here = Pair.open(worker, "data");
    Channel there = pair.arrived();
    Collected collected = new Collected();
    there.receive(collected);
    assertThat(there.label()).isEqualTo("data");
    assertThat(here.maxMessageSize()).isEqualTo(LARGEST);
    Random random = new Random(7);
    List<byte[]> sent = new ArrayList<>();
    int[] sizes = {0, 1, 16_383, 16_384, 65_523, 65_524, 65_525, LARGEST - 1, LARGEST, 5, 0};
    for (int round = 0; round < 4; round++) {
      for (int size : sizes) {
        byte[] message = new byte[size];
        random.nextBytes(message);
        sent.add(message);
        ByteBuffer buffer = round % 2 == 0 ? ByteBuffer.allocateDirect(size + 3) : null;
        Pair.get(
            here.send(
                buffer == null
                    ? ByteBuffer.wrap(message)
                    : buffer.position(3).put(message).position(3)));
      }
    }
    await().atMost(LONG).until(() -> collected.binaries.size() == sent.size());
    for (int i = 0; i < sent.size(); i++) {
      assertThat(collected.binaries.get(i)).as("message %d", i).isEqualTo(sent.get(i));
    }
    assertThat(collected.thread).startsWith("peerworks-direct-");
    assertThat(collected.contextClassLoader).isSameAs(DirectTransport.class.getClassLoader());
  }

  @Test
  void textGoesBothWays() throws Exception {
    Channel here = Pair.open(worker, "text");
    Channel there = pair.arrived();
    Collected atWorker = new Collected();
    Collected atClient = new Collected();
    there.receive(atWorker);
    here.receive(atClient);
    here.send("grüß dich ∑");
    there.send("");
    await().atMost(LONG).until(() -> atWorker.texts.size() == 1 && atClient.texts.size() == 1);
    assertThat(atWorker.texts).containsExactly("grüß dich ∑");
    assertThat(atClient.texts).containsExactly("");
    await().atMost(LONG).until(() -> worker.traffic().messagesSent() == 1);
    assertThat(worker.traffic().bytesSent()).isEqualTo(15);
  }

  @Test
  void aMessageThatIsTooLargeIsNotSent() throws Exception {
    Channel here = Pair.open(worker, "data");
    assertThatThrownBy(() -> here.send(ByteBuffer.allocate(LARGEST + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too large for channel 'data'");
    assertThatThrownBy(() -> worker.open("x".repeat(65), ChannelOptions.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A few hundred keys of TLS are changed meanwhile. */
  @Test
  void aLargeTransferHoldsUpNoSmallMessage() throws Exception {
    Channel large = Pair.open(worker, "large");
    Counting counting = new Counting();
    pair.arrived().receive(counting);
    Channel small = Pair.open(worker, "small");
    Channel smallThere = pair.arrived();
    smallThere.receive(new Echo(smallThere));
    Collected answers = new Collected();
    small.receive(answers);
    ByteBuffer message = ByteBuffer.allocate(LARGEST);
    int messages = 400;
    CompletionStage<Void> last = null;
    for (int i = 0; i < messages; i++) {
      last = large.send(message.duplicate());
    }
    small.send("how are you");
    await().atMost(LONG).until(() -> !answers.texts.isEmpty());
    assertThat(counting.bytes.get()).isLessThan((long) messages * LARGEST);
    Pair.get(last);
    await().atMost(LONG).until(() -> counting.bytes.get() == (long) messages * LARGEST);
  }

  @Test
  void aReceiverThatIsSlowMakesItsSenderWaitAndNobodyElse() throws Exception {
    Channel slow = Pair.open(worker, "slow");
    CountDownLatch go = new CountDownLatch(1);
    Counting slowThere = new Counting(go);
    pair.arrived().receive(slowThere);
    Channel other = Pair.open(worker, "other");
    Counting otherThere = new Counting();
    pair.arrived().receive(otherThere);
    List<CompletableFuture<Void>> sends = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      sends.add(slow.send(ByteBuffer.allocate(LARGEST)).toCompletableFuture());
    }
    for (int i = 0; i < 100; i++) {
      Pair.get(other.send(ByteBuffer.allocate(LARGEST)));
    }
    await().atMost(LONG).until(() -> otherThere.bytes.get() == 100L * LARGEST);
    long left = sends.stream().filter(CompletableFuture::isDone).count();
    assertThat(left).isBetween(1L, (32L << 20) / LARGEST);
    assertThat(worker.traffic().bytesWaiting()).isGreaterThan(100L * LARGEST);
    go.countDown();
    Pair.get(sends.get(199));
    await().atMost(LONG).until(() -> slowThere.bytes.get() == 200L * LARGEST);
    assertThat(worker.traffic().bytesWaiting()).isZero();
  }

  @Test
  void messagesThatCameBeforeTheReceiverWaitForIt() throws Exception {
    Channel here = Pair.open(worker, "early");
    Pair.get(here.send("one"));
    Pair.get(here.send("two"));
    here.close();
    Channel there = pair.arrived();
    Pair.get(there.closed());
    Collected collected = new Collected();
    there.receive(collected);
    await().atMost(LONG).until(() -> !collected.closed.isEmpty());
    assertThat(collected.texts).containsExactly("one", "two");
    assertThat(collected.closed).containsExactly("The other side closed channel 'early'.");
    assertThatThrownBy(() -> there.receive(collected)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Pair.get(there.send("late")))
        .hasMessageContaining("The other side closed channel 'early'.");
  }

  @Test
  void noMoreChannelsThanAllowedAreOpenAtOnce() throws Exception {
    List<Channel> open = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      open.add(Pair.open(worker, "channel " + i));
    }
    assertThatThrownBy(() -> Pair.open(worker, "one more"))
        .hasMessageContaining("This connection has 4 channels, which is all that one may");
    open.get(0).close();
    Pair.get(pair.arrived().closed());
    assertThat(Pair.open(worker, "one more").label()).isEqualTo("one more");
  }

  @Test
  void memoryOfClosedChannelsIsSharedOutAgain() throws Exception {
    for (int i = 0; i < 100; i++) {
      Channel here = Pair.open(worker, "channel " + i);
      Channel there = pair.arrived();
      Counting counting = new Counting();
      there.receive(counting);
      Pair.get(here.send(ByteBuffer.allocate(LARGEST)));
      here.close();
      Pair.get(there.closed());
    }
    assertThat(Pair.open(worker, "last").label()).isEqualTo("last");
  }

  @Test
  void aReceiverThatFailsClosesItsChannelOnly() throws Exception {
    Channel failing = Pair.open(worker, "failing");
    pair.arrived().receive(new Failing());
    Channel other = Pair.open(worker, "other");
    Collected collected = new Collected();
    pair.arrived().receive(collected);
    failing.send("fail");
    assertThat(Pair.get(failing.closed())).contains("The receiver of this channel failed");
    other.send("fine");
    await().atMost(LONG).until(() -> collected.texts.contains("fine"));
  }

  private static final class Failing extends Collected {
    @Override
    public void onText(String message) {
      throw new IllegalStateException("of the test");
    }
  }

  private static final class Counting implements ChannelListener {

    final AtomicLong bytes = new AtomicLong();
    private final CountDownLatch go;

    Counting() {
      this(new CountDownLatch(0));
    }

    Counting(CountDownLatch go) {
      this.go = go;
    }

    @Override
    public void onText(String message) {
      bytes.addAndGet(message.length());
    }

    @Override
    public void onBinary(ByteBuffer message) {
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      bytes.addAndGet(message.remaining());
    }

    @Override
    public void onClosed(String reason) {
      // Nothing is left to count.
    }
  }

  private record Echo(Channel channel) implements ChannelListener {
    @Override
    public void onText(String message) {
      channel.send(message);
    }

    @Override
    public void onBinary(ByteBuffer message) {
      channel.send(message);
    }

    @Override
    public void onClosed(String reason) {
      // The other side has had its answers.
    }
  }
}
