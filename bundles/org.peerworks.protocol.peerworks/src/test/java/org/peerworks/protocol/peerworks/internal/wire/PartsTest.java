package org.peerworks.protocol.peerworks.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartsTest {

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 2, 16, 1023})
  void sizesThatNoChannelMayHaveAreRefused(int longest) {
    assertThatThrownBy(() -> Parts.split("x".repeat(2000), longest))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1024 or more");
  }

  @Test
  void theSmallestSizeIsEnough() {
    assertThat(Parts.split("x".repeat(2000), 1024))
        .containsExactly("+" + "x".repeat(1023), "=" + "x".repeat(977));
  }
}
