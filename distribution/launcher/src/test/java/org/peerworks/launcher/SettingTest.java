package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTest {

  private static Setting setting(String type, String... more) {
    Map<String, String> attributes = new HashMap<>(Map.of("id", "key", "type", type));
    for (int i = 0; i < more.length; i += 2) {
      attributes.put(more[i], more[i + 1]);
    }
    return Setting.of(attributes::get);
  }

  @ParameterizedTest
  @CsvSource({
    "Integer, 12",
    "Integer, -1",
    "Integer, +7",
    "Integer, 2147483647",
    "Long, 2147483648",
    "Boolean, true",
    "Boolean, false",
    "Double, 0.5",
    "Double, 1e3",
    "String, anything",
    "String, ''"
  })
  void goodValues(String type, String value) {
    assertThat(setting(type).wanted(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Integer, many, a whole number of 32 bits",
    "Integer, '', a whole number of 32 bits",
    "Integer, 2147483648, a whole number of 32 bits",
    "Integer, 1.5, a whole number of 32 bits",
    "Integer, 0x10, a whole number of 32 bits",
    "Long, 9223372036854775808, a whole number of 64 bits",
    "Boolean, yes, 'true' or 'false'",
    "Boolean, TRUE, 'true' or 'false'",
    "Double, half, a number",
    "Double, '', a number"
  })
  void badValues(String type, String value, String wanted) {
    String unquoted = wanted.equals("true' or 'false") ? "'" + wanted + "'" : wanted;
    assertThat(setting(type).wanted(value)).hasValue(unquoted);
  }

  @Test
  void rangesAreKept() {
    Setting port = setting("Integer", "min", "0", "max", "65535", "default", "8080");
    assertThat(port.wanted("65535")).isEmpty();
    assertThat(port.wanted("65536")).hasValue("a whole number from 0 to 65535, such as 8080");
    assertThat(port.wanted("-1")).isPresent();
    assertThat(setting("Long", "min", "1").wanted("0")).hasValue("a whole number, 1 or more");
    assertThat(setting("Double", "max", "1").wanted("1.5")).hasValue("a number, 1 at most");
  }

  @Test
  void listsAreLeftToTheirBundles() {
    assertThat(setting("String", "cardinality", "2147483647").wanted("a, b")).isEmpty();
  }
}
