package org.peerworks.cli.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PickerTest {

  private final Picker picker = new Picker(3);

  private List<String> names() {
    return picker.visible().stream().map(Row::name).toList();
  }

  private String current() {
    return picker.current().map(Row::name).orElse("");
  }

  @Test
  void theCursorStopsAtBothEndsAndScrolls() {
    picker.show(Rows.many(5));
    picker.move(-1);
    assertThat(current()).isEqualTo("f0.slp");
    picker.move(3);
    assertThat(current()).isEqualTo("f3.slp");
    assertThat(names()).containsExactly("f1.slp", "f2.slp", "f3.slp");
    picker.move(9);
    assertThat(current()).isEqualTo("f4.slp");
    assertThat(names()).containsExactly("f2.slp", "f3.slp", "f4.slp");
    picker.move(-1);
    assertThat(names()).as("does not scroll before it must").contains("f4.slp");
    picker.first();
    assertThat(names()).containsExactly("f0.slp", "f1.slp", "f2.slp");
    picker.last();
    assertThat(current()).isEqualTo("f4.slp");
  }

  @Test
  void aPageLeavesOneRowInSight() {
    picker.show(Rows.many(9));
    picker.page(1);
    assertThat(current()).isEqualTo("f2.slp");
    picker.page(1);
    assertThat(names()).containsExactly("f2.slp", "f3.slp", "f4.slp");
    picker.page(-9);
    assertThat(current()).isEqualTo("f0.slp");
  }

  @Test
  void typingLeavesWhatFitsAndErasingBringsItBack() {
    picker.show(
        Rows.named("/vast/fly_1.slp", "/vast/mice.slp", "/backup/fly_1.slp", "/vast/fly_2.slp"));
    picker.type("F");
    picker.type("ly");
    assertThat(names()).containsExactly("fly_1.slp", "fly_1.slp", "fly_2.slp");
    picker.type(" backup");
    assertThat(picker.current().map(Row::path)).contains("/backup/fly_1.slp");
    picker.type("x");
    assertThat(picker.current()).isEmpty();
    assertThat(picker.visible()).isEmpty();
    picker.erase();
    assertThat(names()).containsExactly("fly_1.slp");
    picker.eraseAll();
    assertThat(picker.fitting()).hasSize(4);
    assertThat(picker.current().map(Row::path)).as("stays").contains("/backup/fly_1.slp");
  }

  @Test
  void lettersInTheirOrderFitBehindWhatFitsWhole() {
    picker.show(Rows.named("/v/f_l_y.slp", "/v/my_fly.slp", "/v/lf.slp"));
    picker.type("fly");
    assertThat(names()).containsExactly("my_fly.slp", "f_l_y.slp");
  }

  @Test
  void anEmojiIsErasedWhole() {
    picker.show(Rows.many(1));
    picker.type("😀");
    picker.erase();
    assertThat(picker.typed()).isEmpty();
  }

  @Test
  void theCursorStaysOnItsFileWhenMoreAreFound() {
    picker.show(Rows.named("/v/b.slp"));
    picker.show(Rows.named("/v/a.slp", "/v/b.slp", "/v/c.slp"));
    assertThat(current()).isEqualTo("b.slp");
    picker.show(Rows.named("/v/a.slp", "/v/c.slp"));
    assertThat(current()).isEqualTo("a.slp");
    picker.show(List.of());
    assertThat(picker.current()).isEmpty();
  }

  @Test
  void aSmallerTerminalKeepsTheCursorInSight() {
    picker.show(Rows.many(9));
    picker.resize(9);
    picker.move(7);
    picker.resize(2);
    assertThat(names()).containsExactly("f6.slp", "f7.slp");
    picker.resize(20);
    assertThat(names()).hasSize(9);
    picker.resize(0);
    assertThat(names()).containsExactly("f7.slp");
  }

  @Test
  void whateverIsDoneTheCursorIsAmongTheRowsInSight() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      switch (random.nextInt(9)) {
        case 0 -> picker.show(Rows.many(random.nextInt(30)));
        case 1 -> picker.resize(random.nextInt(12));
        case 2 -> picker.type(String.valueOf("f1 2.s".charAt(random.nextInt(6))));
        case 3 -> picker.erase();
        case 4 -> picker.eraseAll();
        case 5 -> picker.page(random.nextInt(3) - 1);
        case 6 -> picker.last();
        default -> picker.move(random.nextInt(9) - 4);
      }
      assertThat(picker.current().isPresent()).isEqualTo(!picker.fitting().isEmpty());
      if (picker.current().isPresent()) {
        assertThat(picker.visible()).contains(picker.current().get());
      }
    }
  }
}
