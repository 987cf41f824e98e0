package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendQueueTest {

  private final List<String> wire = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final SendQueue queue = new SendQueue(1000, wire::add, () -> events.add("slow"));

  @Test
  void oneMessageIsOnItsWayAtATimeAndTheEndComesLast() {
    queue.offer("a");
    queue.offer("b");
    queue.finish(() -> events.add("end"));
    queue.offer("too late");
    assertThat(wire).containsExactly("a");
    queue.sent();
    assertThat(wire).containsExactly("a", "b");
    assertThat(events).isEmpty();
    queue.sent();
    assertThat(events).containsExactly("end");
  }

  @Test
  void aReaderThatNeverReadsIsDisconnectedOnce() {
    for (int i = 0; i < 100; i++) {
      queue.offer("x".repeat(100));
    }
    assertThat(wire).hasSize(1);
    assertThat(events).containsExactly("slow");
    queue.sent();
    assertThat(wire).hasSize(1);
  }

  @Test
  void messagesThatAreGoneAtOnceDoNotDeepenTheStack() {
    List<String> gone = new ArrayList<>();
    SendQueue[] own = new SendQueue[1];
    own[0] =
        new SendQueue(
            100_000_000,
            message -> {
              gone.add(message);
              if (gone.size() > 1) {
                own[0].sent();
              }
            },
            () -> events.add("slow"));
    for (int i = 0; i < 100_000; i++) {
      own[0].offer("m");
    }
    own[0].sent();
    assertThat(gone).hasSize(100_000);
  }
}
