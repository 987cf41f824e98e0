package org.peerworks.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ExaminationTest {

  private static Check check(String name, Duration deadline, Callable<List<Finding>> body) {
    return new Check() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Duration deadline() {
        return deadline;
      }

      @Override
      public List<Finding> run() throws Exception {
        return body.call();
      }
    };
  }

  @Test
  void oneThatFailsOrHangsStopsNoOther() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    List<Diagnosis> told = new ArrayList<>();
    Duration day = Duration.ofDays(1);
    try (Examination examination = new Examination()) {
      List<Diagnosis> found =
          examination.run(
              List.of(
                  check(
                      "hangs",
                      Duration.ofMillis(50),
                      () -> {
                        try {
                          new CountDownLatch(1).await();
                        } finally {
                          interrupted.countDown();
                        }
                        return List.of();
                      }),
                  check(
                      "fails",
                      day,
                      () -> {
                        throw new IllegalStateException("no such thing");
                      }),
                  check("works", day, () -> List.of(Finding.ok("fine")))),
              told::add);
      assertThat(told).isEqualTo(found);
      assertThat(found).extracting(Diagnosis::check).containsExactly("hangs", "fails", "works");
      assertThat(found.get(0).findings().get(0).found()).contains("No answer within 0 s");
      assertThat(found.get(1).findings().get(0).found()).contains("no such thing");
      assertThat(found.get(2).findings()).containsExactly(Finding.ok("fine"));
    }
    interrupted.await();
  }
}
