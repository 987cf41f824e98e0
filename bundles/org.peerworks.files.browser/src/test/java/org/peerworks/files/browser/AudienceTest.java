package org.peerworks.files.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerworks.files.api.SourceState;

/** What all open pages hear. */
final class AudienceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FakeWorker worker = new FakeWorker();
  private final Audience audience = new Audience(worker);

  @AfterEach
  void close() {
    audience.close();
  }

  @Test
  void everybodyHearsThePulseAndWhatIsNew() {
    Page first = new Page();
    Page second = new Page();
    assertThat(audience.enter(first)).isTrue();
    assertThat(audience.enter(second)).isTrue();
    await().atMost(PATIENCE).until(() -> first.has("worker_info") && second.has("worker_info"));
    await().atMost(PATIENCE).until(() -> second.heard.size() > 4);

    worker.become(SourceState.lost(Instant.now(), "It went away."));
    await().atMost(PATIENCE).until(() -> first.has("It went away.") && second.has("\"lost\""));
  }

  @Test
  void thereIsRoomForSoManyPages() {
    for (int i = 0; i < Audience.MOST; i++) {
      assertThat(audience.enter(new Page())).isTrue();
    }
    Page last = new Page();
    assertThat(audience.enter(last)).isFalse();
    assertThat(last.heard).isEmpty();
  }

  @Test
  void nothingIsLeftWhenItIsClosed() {
    audience.enter(new Page());
    audience.close();
    assertThat(worker.listeners).isEmpty();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("files-page-pulse")));
  }

  /** Somebody who looks. */
  private static final class Page implements Audience.Listener {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    boolean has(String text) {
      return heard.stream().anyMatch(message -> message.contains(text));
    }

    @Override
    public void send(ObjectNode message) {
      heard.add(message.toString());
    }

    @Override
    public void beat(ObjectNode message) {
      heard.add(message.toString());
    }
  }
}
