package org.peerworks.files.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Messages to a page that reads fast, slowly or not at all. */
final class OutboxTest {

  private final List<String> wire = new ArrayList<>();
  private final AtomicInteger tooSlow = new AtomicInteger();

  @Test
  void oneMessageIsOnItsWayAtATimeInOrder() {
    Outbox outbox = new Outbox(wire::add, tooSlow::incrementAndGet);
    outbox.send("a");
    outbox.send("b");
    assertThat(wire).containsExactly("a");
    assertThat(outbox.isIdle()).isFalse();
    outbox.sent();
    outbox.sent();
    assertThat(wire).containsExactly("a", "b");
    assertThat(outbox.isIdle()).isTrue();
  }

  @Test
  void aWireThatTakesAllAtOnceNeedsNoStack() {
    Outbox[] outbox = new Outbox[1];
    outbox[0] =
        new Outbox(
            message -> {
              wire.add(message);
              if (wire.size() > 1) {
                outbox[0].sent();
              }
            },
            tooSlow::incrementAndGet);
    for (int i = 0; i < 100_000; i++) {
      outbox[0].send("m");
    }
    outbox[0].sent();
    assertThat(wire).hasSize(100_000);
  }

  @Test
  void whoDoesNotReadIsDisconnectedOnce() {
    Outbox outbox = new Outbox(wire::add, tooSlow::incrementAndGet);
    String large = "x".repeat(1 << 20);
    for (int i = 0; i < 40; i++) {
      outbox.send(large);
    }
    assertThat(tooSlow).hasValue(1);
    assertThat(outbox.isIdle()).isFalse();
    outbox.sent();
    assertThat(wire).hasSize(1);
  }
}
