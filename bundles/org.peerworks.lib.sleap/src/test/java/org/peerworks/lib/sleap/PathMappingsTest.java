package org.peerworks.lib.sleap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathMappingsTest {

  private final PathMappings mappings =
      new PathMappings(
          Map.of(
              "/Users/me", "/vast/me", "/Users/me/data/", "/fast", "C:\\data", "/win", " ", "/"));

  @ParameterizedTest
  @CsvSource({
    "/Users/me/a.slp, /vast/me/a.slp",
    "/Users/me, /vast/me",
    "/Users/me/data/b/c.slp, /fast/b/c.slp",
    "/Users/medusa/a.slp, /Users/medusa/a.slp",
    "/else/Users/me/a.slp, /else/Users/me/a.slp",
    "C:\\data\\x\\a.slp, /win/x/a.slp",
    "C:\\database\\a.slp, C:\\database\\a.slp",
    "relative/a.slp, relative/a.slp",
  })
  void theLongestBeginningOfWholePartsIsReplaced(String path, String mapped) {
    assertThat(mappings.apply(path)).isEqualTo(mapped);
  }

  @Test
  void whatIsReplacedIsNotReplacedAgain() {
    PathMappings swap = new PathMappings(Map.of("/a", "/b", "/b", "/a"));
    assertThat(swap.apply("/a/x")).isEqualTo("/b/x");
    assertThat(swap.apply("/b/x")).isEqualTo("/a/x");
  }
}
