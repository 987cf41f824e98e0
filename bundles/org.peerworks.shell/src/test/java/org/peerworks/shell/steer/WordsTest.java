package org.peerworks.shell.steer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

  @Test
  void quotesAndBackslashesKeepWordsTogether() {
    assertThat(Words.of("job:submit train '{\"a\": 1}' \"my file\\\"s\" a\\ b ''").words())
        .containsExactly("job:submit", "train", "{\"a\": 1}", "my file\"s", "a b", "");
    assertThat(Words.of("job:submit train '{\"a\": $1}' \"x; y\" a\\|b").plain()).isTrue();
  }

  @Test
  void aCommentIsNothing() {
    assertThat(Words.of("  # job:cancel 1").words()).isEmpty();
    assertThat(Words.of("job:show a#b").words()).containsExactly("job:show", "a#b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "job:list | grep x",
        "job:list; job:cancel 1",
        "job:list\njob:cancel 1",
        "job:list\rjob:cancel 1",
        "$.context bundles",
        "job:show $x",
        "job:show \"$(job:cancel 1)\"",
        "job:show `job:cancel 1`",
        "(job:list) size",
        "x = { job:cancel 1 }",
        "job:list > /etc/passwd",
        "job:list & job:cancel 1",
        "job:list [1 2]"
      })
  void whatIsOfGogosLanguageIsNotPlain(String line) {
    assertThat(Words.of(line).plain()).isFalse();
  }

  @Test
  void aQuoteWithoutAnEndIsRefused() {
    assertThatThrownBy(() -> Words.of("job:show 'a")).hasMessageContaining("no end");
  }
}
