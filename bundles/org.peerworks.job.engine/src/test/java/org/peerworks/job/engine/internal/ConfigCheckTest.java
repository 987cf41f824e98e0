package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigCheckTest {

  static Stream<String> keys() {
    return Stream.of(Config.class.getDeclaredMethods()).map(Method::getName).sorted();
  }

  private static Object number(String key, long value) throws Exception {
    boolean isInt = Config.class.getMethod(key).getReturnType() == int.class;
    return isInt
        ? (Object) (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value))
        : value;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void eachKeyHasARangeThatItsDefaultLiesIn(String key) throws Exception {
    ConfigCheck.Range range = ConfigCheck.RANGES.get(key);
    assertThat(range).isNotNull();
    long otherwise = ((Number) Config.class.getMethod(key).getDefaultValue()).longValue();
    assertThat(otherwise).isBetween(range.least(), range.most());
    for (long good : new long[] {range.least(), range.most()}) {
      Config config = TestConfig.with(Map.of(key, number(key, good)));
      assertThatCode(() -> ConfigCheck.require(config)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void nonsenseIsRefusedNamingTheKeyAndWhatMayBeWritten(String key) throws Exception {
    ConfigCheck.Range range = ConfigCheck.RANGES.get(key);
    for (long bad : new long[] {range.least() - 1, range.most() + 1, Long.MIN_VALUE}) {
      Config config = TestConfig.with(Map.of(key, number(key, bad)));
      assertThatThrownBy(() -> ConfigCheck.require(config))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + key + "' in org.peerworks.job.engine.cfg is ")
          .hasMessageEndingWith("; write " + range.least() + " to " + range.most() + ".");
    }
  }

  @Test
  void aWordThatIsNoNumberIsRefusedToo() {
    Config config = TestConfig.failing("cpuSlots", new NumberFormatException("many"));
    assertThatThrownBy(() -> ConfigCheck.require(config))
        .hasMessage(
            "'cpuSlots' in org.peerworks.job.engine.cfg is no whole number; write 0 to 1024.");
  }

  @ParameterizedTest
  @MethodSource("keys")
  void theFileOfDefaultsShowsEachKeyWithItsDefault(String key) throws Exception {
    Path file = Path.of("../../config/org.peerworks.job.engine.cfg");
    assertThat(Files.readAllLines(file))
        .contains("#" + key + " = " + Config.class.getMethod(key).getDefaultValue());
  }

  @Test
  void aWorkerIsNotStartedOnNonsense() {
    assertThatThrownBy(() -> new Worker(Path.of("/nowhere"), Map.of("maxQueued", 0)))
        .hasMessageContaining("'maxQueued'");
  }
}
