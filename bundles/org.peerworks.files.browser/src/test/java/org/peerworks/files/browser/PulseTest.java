package org.peerworks.files.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.SourceState;

/** How a silent worker is noticed, and when it is back. */
final class PulseTest {

  private static final long BEAT = 500;

  private final FakeWorker worker = new FakeWorker();
  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger changes = new AtomicInteger();
  private final Pulse pulse = new Pulse(worker, clock::get);

  @Test
  void whatIsNewAboutTheWorkerIsToldOnce() {
    assertThat(beat()).isTrue();
    assertThat(beat()).isFalse();
    worker.mount = "archive";
    assertThat(beat()).isTrue();
    assertThat(pulse.info().orElseThrow().at("/mounts/0/label").asText()).isEqualTo("archive");
    assertThat(state()).isEqualTo("connected");
    assertThat(pulse.connection().path("since").asDouble()).isEqualTo(1000);
  }

  @Test
  void silenceIsSeenWithinTwoSecondsAndEndsWithAnAnswer() {
    worker.answers = false;
    for (long millis = 0; millis < 2000; millis += BEAT) {
      beat();
    }
    assertThat(state()).isEqualTo("silent");

    worker.questions.get(0).complete(worker.told());
    assertThat(state()).isEqualTo("connected");
    assertThat(changes).hasValue(1);
  }

  @Test
  void aRefusalIsASignOfLife() {
    worker.answers = false;
    beat();
    worker.questions.get(0).completeExceptionally(new FileAccessException(Code.LIMIT, "Busy."));
    for (int i = 0; i < 2; i++) {
      beat();
    }
    assertThat(state()).isEqualTo("connected");
  }

  @Test
  void aWorkerThatStaysSilentIsDoubtedOnce() {
    worker.answers = false;
    for (int i = 0; i < 40; i++) {
      beat();
    }
    assertThat(worker.doubts).hasValue(1);
    assertThat(worker.questions).hasSize(1);
  }

  @Test
  void aLostConnectionIsNotAskedAndSaysWhy() {
    worker.state = SourceState.lost(Instant.ofEpochSecond(2000), "It went away.");
    beat();
    assertThat(worker.questions).isEmpty();
    assertThat(state()).isEqualTo("lost");
    assertThat(pulse.connection().path("trouble").asText()).isEqualTo("It went away.");
    assertThat(pulse.connection().path("since").asDouble()).isEqualTo(2000);

    worker.state = SourceState.connected(Instant.ofEpochSecond(3000));
    beat();
    assertThat(state()).isEqualTo("connected");
    assertThat(worker.questions).hasSize(1);
  }

  private boolean beat() {
    boolean news = pulse.beat(changes::incrementAndGet).isPresent();
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(BEAT));
    return news;
  }

  private String state() {
    return pulse.connection().path("state").asText();
  }
}
