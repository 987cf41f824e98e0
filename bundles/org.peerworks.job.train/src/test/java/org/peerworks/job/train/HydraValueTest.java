package org.peerworks.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.lib.sleap.PackageException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class HydraValueTest {

  /** The built-in trainer reads the values of overrides as YAML. */
  @Property(tries = 1000)
  void aQuotedTextIsTheSameTextInYaml(@ForAll("names") List<String> names) throws PackageException {
    Load yaml = new Load(LoadSettings.builder().build());

    assertThat(yaml.loadFromString(HydraValue.list(names))).isEqualTo(names);
  }

  @Property(tries = 1000)
  void anyValueIsReadOrRefused(@ForAll String value) {
    try {
      assertThat(HydraValue.scalars("a.b", value)).doesNotContain("");
    } catch (PackageException e) {
      assertThat(e.getMessage()).startsWith("The override of 'a.b'");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '§',
      value = {"a;a", "'a b';a b", "[a,'b,c',[d]];a|b,c|d", "1,2;1|2", "[];§§", "a.slp ;a.slp"})
  void readsTheTextsInAValue(String value, String texts) throws Exception {
    assertThat(String.join("|", HydraValue.scalars("a.b", value))).isEqualTo(texts);
  }

  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars("äß日")
        .excludeChars('\\', '$')
        .ofMinLength(1)
        .ofMaxLength(20)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }
}
