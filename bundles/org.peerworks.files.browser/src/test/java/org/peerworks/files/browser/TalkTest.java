package org.peerworks.files.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;

/** What a page is answered. */
final class TalkTest {

  private static final String LIST = "{\"type\":\"list_dir\",\"id\":%d,\"path\":\"/mnt/lab\"}";
  private static final String FIND = "{\"type\":\"resolve\",\"id\":%d,\"pattern\":\"fly.slp\"}";

  private final FakeWorker worker = new FakeWorker();
  private final List<ObjectNode> heard = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong();
  private final Talk talk = new Talk(worker, heard::add, clock::get);

  @Test
  void aFolderIsListedPageByPage() {
    talk.hear(LIST.formatted(1));
    talk.hear("{\"type\":\"list_dir\",\"id\":2,\"path\":\"/mnt/lab\",\"offset\":40,\"limit\":100}");

    assertThat(heard.get(0).path("type").asText()).isEqualTo("list_response");
    assertThat(heard.get(0).path("id").asLong()).isEqualTo(1);
    assertThat(heard.get(0).path("entries")).hasSize(20);
    assertThat(heard.get(0).path("total_count").asLong()).isEqualTo(45);
    assertThat(heard.get(0).path("has_more").asBoolean()).isTrue();
    assertThat(heard.get(0).path("entries").get(3).toString())
        .isEqualTo(
            "{\"name\":\"file-03.slp\",\"path\":\"/mnt/lab/file-03.slp\",\"type\":\"file\",\"size\":3,\"modified\":3.0}");
    assertThat(heard.get(1).path("entries")).hasSize(5);
    assertThat(heard.get(1).path("has_more").asBoolean()).isFalse();
  }

  @Test
  void aRefusalOfTheWorkerIsPassedOn() {
    talk.hear("{\"type\":\"list_dir\",\"id\":3,\"path\":\"/etc\"}");

    assertThat(onlyError("ACCESS_DENIED")).isEqualTo("'/etc' is in no mount.");
    assertThat(heard.get(0).path("id").asLong()).isEqualTo(3);
  }

  @Test
  void aSearchTellsWhatItHasFoundAndHowItEnded() {
    talk.hear(FIND.formatted(4));
    worker.searches.get(0).listener().onCandidates(List.of(FakeWorker.FLY));
    worker.searches.get(0).end(false);

    assertThat(heard).hasSize(2);
    assertThat(heard.get(0).path("done").asBoolean(true)).isFalse();
    assertThat(heard.get(0).at("/candidates/0/match_type").asText()).isEqualTo("exact");
    assertThat(heard.get(1).path("done").asBoolean()).isTrue();
    assertThat(heard.get(1).path("seen").asLong()).isEqualTo(345);
  }

  @Test
  void aSearchIsCancelledByItsPageAndWithIt() {
    talk.hear(FIND.formatted(5));
    talk.hear(FIND.formatted(6));

    talk.hear("{\"type\":\"cancel\",\"id\":5}");
    assertThat(worker.searches.get(0).outcome()).isDone();
    assertThat(worker.searches.get(1).outcome()).isNotDone();

    talk.close();
    assertThat(worker.searches.get(1).outcome()).isDone();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{\"type\":\"delete\",\"id\":1}",
        "{\"type\":\"list_dir\",\"id\":1}",
        "{\"type\":\"list_dir\",\"id\":1,\"path\":{}}",
        "{\"type\":\"resolve\",\"id\":1,\"pattern\":7}",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}",
        "{} {}"
      })
  void nonsenseIsRefusedAndHarmsNothing(String message) {
    talk.hear(message);
    onlyError("INVALID_REQUEST");

    heard.clear();
    talk.hear(LIST.formatted(9));
    assertThat(heard.get(0).path("type").asText()).isEqualTo("list_response");
  }

  @Test
  void tooManyOpenQuestionsAreRefusedUntilOneIsAnswered() {
    worker.answers = false;
    for (int id = 1; id <= Talk.MOST_OPEN + 1; id++) {
      talk.hear(LIST.formatted(id));
    }
    assertThat(onlyError("LIMIT")).contains("16 questions open");
    assertThat(heard.get(0).path("id").asLong()).isEqualTo(17);

    heard.clear();
    worker
        .listings
        .get(0)
        .completeExceptionally(new FileAccessException(Code.UNAVAILABLE, "Away."));
    talk.hear(LIST.formatted(18));
    assertThat(worker.listings).hasSize(Talk.MOST_OPEN + 1);
  }

  @Test
  void aPageThatAsksTenThousandTimesASecondIsToldToAskLessAndWorksAfterwards() {
    for (int id = 1; id <= 10_000; id++) {
      clock.addAndGet(TimeUnit.MICROSECONDS.toNanos(100));
      talk.hear(LIST.formatted(id));
    }
    long answered = count("list_response");
    assertThat(answered).isBetween((long) Talk.BURST, (long) Talk.BURST + Talk.PER_SECOND + 1);
    assertThat(count("error")).isEqualTo(10_000 - answered);
    assertThat(heard.get(9_998).path("message").asText()).contains("more than 50 times a second");

    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    talk.hear(LIST.formatted(1));
    assertThat(heard.get(10_000).path("type").asText()).isEqualTo("list_response");
  }

  private long count(String type) {
    return heard.stream().filter(message -> message.path("type").asText().equals(type)).count();
  }

  private String onlyError(String code) {
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).path("type").asText()).isEqualTo("error");
    assertThat(heard.get(0).path("code").asText()).isEqualTo(code);
    return heard.get(0).path("message").asText();
  }
}
