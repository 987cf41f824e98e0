package org.peerworks.shell.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTextTest {

  private static final String TEXT =
      """
      # Our worker.
      #name = other
      name = gpu-1

      path = a\\
        b
      """;

  @Test
  void aValueIsReplacedWhereItStandsAndAllElseStays() throws IOException {
    assertThat(SettingsText.with(TEXT, "name", Optional.of("gpu-2")))
        .isEqualTo(TEXT.replace("name = gpu-1", "name = gpu-2"));
    assertThat(SettingsText.with(TEXT, "path", Optional.of("c")))
        .isEqualTo("# Our worker.\n#name = other\nname = gpu-1\n\npath = c\n");
  }

  @Test
  void aNewKeyIsAppendedAndAnOldOneTakenAway() throws IOException {
    assertThat(SettingsText.with("", "a", Optional.of("1"))).isEqualTo("a = 1\n");
    assertThat(SettingsText.with("a=1\na:2\nb 3", "a", Optional.empty())).isEqualTo("b 3\n");
    assertThat(SettingsText.with("a=1\na:2\nb 3", "a", Optional.of("4"))).isEqualTo("a = 4\nb 3\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"C:\\tmp\\", "a=b # c", "ünï 漢", "two\nlines", "tab\tbed", "", "!x", "\\u0041"})
  void everyValueIsReadAsItWasWritten(String value) throws IOException {
    String text = SettingsText.with(TEXT, "strange", Optional.of(value));
    assertThat(SettingsText.values(text))
        .isEqualTo(Map.of("name", "gpu-1", "path", "ab", "strange", value.strip()));
  }

  @Test
  void whatIsNoPropertiesFileIsTold() {
    assertThatThrownBy(() -> SettingsText.values("a = \\u00zz"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no properties file");
  }
}
