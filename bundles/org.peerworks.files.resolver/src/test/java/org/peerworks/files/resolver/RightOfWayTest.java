package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Searches wait for short questions, but not for ever. */
final class RightOfWayTest {

  private final RightOfWay way = new RightOfWay();
  private Thread search;

  @AfterEach
  void end() throws InterruptedException {
    if (search != null) {
      search.interrupt();
      search.join();
    }
  }

  private void search(Runnable work) {
    search = new Thread(work, "search of a test");
    search.setDaemon(true);
    search.start();
  }

  @Test
  void aSearchGoesOnWhenTheLastQuestionIsAnswered() {
    way.asked();
    way.asked();
    search(
        () -> {
          while (!Thread.currentThread().isInterrupted() && way.isAsked()) {
            way.give();
          }
        });
    await().until(() -> search.getState() == Thread.State.TIMED_WAITING);

    way.answered();
    assertThat(way.isAsked()).isTrue();
    way.answered();

    await().atMost(Duration.ofSeconds(60)).until(() -> !search.isAlive());
  }

  @Test
  void aQuestionThatIsNeverAnsweredDoesNotStopASearch() {
    way.asked();
    search(
        () -> {
          for (int i = 0; i < 10_000; i++) {
            way.give();
          }
        });

    await().atMost(Duration.ofSeconds(60)).until(() -> !search.isAlive());
    assertThat(way.isAsked()).isTrue();
  }

  @Test
  void aSearchThatIsInterruptedStaysInterrupted() {
    way.asked();
    Thread.currentThread().interrupt();
    way.give();
    assertThat(Thread.interrupted()).isTrue();
  }
}
