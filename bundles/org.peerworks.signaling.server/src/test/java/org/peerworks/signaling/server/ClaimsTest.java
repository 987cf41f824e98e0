package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.peerworks.signaling.server.basic.Refusal;

class ClaimsTest {

  private final Claims claims = new Claims();

  @Test
  void oneNameCannotTakeAllIdsOfARoom() throws Exception {
    claims.put("old", new Claims.Claim("anna", true), Limits.DEFAULT, id -> true);
    for (int i = 0; i < 2000; i++) {
      claims.put("w" + i, new Claims.Claim("eve", true), Limits.DEFAULT, id -> true);
    }
    assertThat(claims.all()).hasSize(65).containsKeys("old", "w1999").doesNotContainKey("w0");
    assertThat(claims.put("new", new Claims.Claim("bob", true), Limits.DEFAULT, id -> true))
        .isTrue();
    assertThat(claims.owner("old")).contains("anna");
  }

  @Test
  void idsInUseAreNotForgotten() throws Exception {
    for (int i = 0; i < 64; i++) {
      claims.put("w" + i, new Claims.Claim("eve", true), Limits.DEFAULT, id -> false);
    }
    assertThatThrownBy(
            () -> claims.put("more", new Claims.Claim("eve", true), Limits.DEFAULT, id -> false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("too many peer ids");
    assertThat(claims.all()).hasSize(64).doesNotContainKey("more");
  }

  @Test
  void aRoomThatIsFullForgetsAbsentIdsOfNamesWithMany() throws Exception {
    claims.put("old", new Claims.Claim("anna", true), Limits.DEFAULT, id -> true);
    for (int i = 0; i < 1023; i++) {
      claims.put("w" + i, new Claims.Claim("eve" + i / 64, true), Limits.DEFAULT, id -> true);
    }
    assertThat(claims.put("new", new Claims.Claim("bob", true), Limits.DEFAULT, id -> true))
        .isTrue();
    assertThat(claims.all()).hasSize(1024).containsKeys("old", "new").doesNotContainKey("w0");
  }
}
