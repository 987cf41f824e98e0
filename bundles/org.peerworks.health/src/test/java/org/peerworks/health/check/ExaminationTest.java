package org.peerworks.health.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.peerworks.health.api.CheckResult;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.HealthCheck;
import org.peerworks.health.api.Level;

class ExaminationTest {

  private static NamedCheck named(String name, HealthCheck check) {
    return new NamedCheck(name, List.of("tag"), check);
  }

  @Test
  void oneCheckThatThrowsDoesNotHideTheOthers() throws Exception {
    Examination examination = new Examination(Duration.ofSeconds(60));

    List<CheckResult> results =
        examination.run(
            List.of(
                named(
                    "bad",
                    () -> {
                      throw new IOException("no disk");
                    }),
                named("empty", List::of),
                named("good", () -> List.of(Finding.ok("fine")))));

    assertThat(results).extracting(CheckResult::name).containsExactly("bad", "empty", "good");
    assertThat(results)
        .extracting(CheckResult::level)
        .containsExactly(Level.ERROR, Level.ERROR, Level.OK);
    assertThat(results.get(0).findings().get(0).found()).contains("no disk");
  }

  @Test
  void aCheckThatHangsIsNamedAndCostsOneThreadHoweverOftenItIsAskedFor() throws Exception {
    Examination examination = new Examination(Duration.ofMillis(200));
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    NamedCheck hangs =
        named(
            "hangs",
            () -> {
              calls.incrementAndGet();
              boolean ended = false;
              while (!ended) {
                try {
                  ended = end.await(1, TimeUnit.HOURS);
                } catch (InterruptedException e) {
                  ended = false; // as bad code does
                }
              }
              return List.of(Finding.ok("at last"));
            });
    try {
      for (int i = 0; i < 3; i++) {
        CheckResult result = examination.run(List.of(hangs)).get(0);
        assertThat(result.level()).isEqualTo(Level.ERROR);
        assertThat(result.findings().get(0).found()).startsWith("No answer within");
      }
      assertThat(calls).hasValue(1);
    } finally {
      end.countDown();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> examination.run(List.of(hangs)).get(0).level() == Level.OK);
  }

  @Test
  void checksSeeTheirOwnClasses() throws Exception {
    ClassLoader[] seen = new ClassLoader[1];
    HealthCheck check =
        () -> {
          seen[0] = Thread.currentThread().getContextClassLoader();
          return List.of(Finding.ok(""));
        };
    new Examination(Duration.ofSeconds(60)).run(List.of(named("loader", check)));

    assertThat(seen[0]).isSameAs(check.getClass().getClassLoader());
  }
}
