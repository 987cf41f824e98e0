package org.peerworks.pose.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerworks.pose.UserError;

class OptionParserTest {

  private final OptionParser parser =
      new OptionParser("track")
          .value("--data_path", "-i")
          .value("--batch_size")
          .value("--peak_threshold")
          .flag("--only_suggested_frames")
          .refuse("it does not follow identities", "--tracking");

  @Test
  void allSpellingsOfAnOptionAreTheSame() throws UserError {
    for (List<String> spelling :
        List.of(
            List.of("--data_path", "a.slp"),
            List.of("--data-path", "a.slp"),
            List.of("--data_path=a.slp"),
            List.of("-i", "a.slp"))) {
      assertThat(parser.parse(spelling).required("--data_path")).isEqualTo("a.slp");
    }
  }

  @Test
  void whatIsNoOptionIsLeftOver() throws UserError {
    Options options = parser.parse(List.of("a.b=1", "--only_suggested_frames", "++c=-2"));
    assertThat(options.rest()).containsExactly("a.b=1", "++c=-2");
    assertThat(options.has("--only_suggested_frames")).isTrue();
    assertThatThrownBy(options::withoutRest).hasMessageContaining("'a.b=1'");
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThatThrownBy(() -> parser.parse(List.of("--colour", "red")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'--colour'")
        .hasMessageContaining("--batch_size");
  }

  @Test
  void anOptionThatIsNotServedSaysWhy() {
    assertThatThrownBy(() -> parser.parse(List.of("--tracking")))
        .hasMessageContaining("'--tracking'")
        .hasMessageContaining("identities");
  }

  @Test
  void aMissingValueIsNamed() {
    assertThatThrownBy(() -> parser.parse(List.of("--batch_size")))
        .hasMessageContaining("'--batch_size'");
    assertThatThrownBy(() -> parser.parse(List.of("--only_suggested_frames=yes")))
        .hasMessageContaining("takes no value");
  }

  @Test
  void numbersAreCheckedAgainstTheirLimits() throws UserError {
    Options options = parser.parse(List.of("--batch_size", "0", "--peak_threshold", "much"));
    assertThatThrownBy(() -> options.integer("--batch_size", 4, 1, 10))
        .hasMessageContaining("from 1 to 10")
        .hasMessageContaining("'0'");
    assertThatThrownBy(() -> options.real("--peak_threshold", 0.2, 0, 1))
        .hasMessageContaining("'much'");
    assertThat(parser.parse(List.of()).integer("--batch_size", 4, 1, 10)).isEqualTo(4);
  }
}
