package org.peerworks.shell.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AssignmentsTest {

  @Test
  void blanksMayStandAroundTheSign() {
    assertThat(Assignments.of("a=1", "b", "=", "two words", "c=", "d=x=y"))
        .isEqualTo(Map.of("a", "1", "b", "two words", "c", "", "d", "x=y"));
  }

  @Test
  void whatIsNoAssignmentIsToldWithoutItsValue() {
    for (String[] words : new String[][] {{}, {"a"}, {"=1"}, {"a", "="}, {"a=1", "b"}}) {
      assertThatThrownBy(() -> Assignments.of(words))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("KEY=VALUE was expected");
    }
  }
}
