package org.peerworks.shell.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTest {

  @ParameterizedTest
  @CsvSource({
    "Integer,1,10,5,true",
    "Integer,1,10,11,false",
    "Integer,1,10,0,false",
    "Integer,'','',2147483648,false",
    "Long,'','',2147483648,true",
    "Long,'','',many,false",
    "Boolean,'','',true,true",
    "Boolean,'','',yes,false",
    "Double,'','',1.5,true",
    "Double,'','',NaN,false",
    "String,'','',anything,true"
  })
  void typesAndRangesAreChecked(String type, String min, String max, String value, boolean good) {
    Setting setting = new Setting("key1", type, false, min, max, "", "", List.of());
    assertThat(setting.wanted(value).isEmpty()).isEqualTo(good);
  }

  @Test
  void oneOfSomeValuesIsNamed() {
    Setting setting = new Setting("m", "String", false, "", "", "", "", List.of("off", "on"));
    assertThat(setting.wanted("on")).isEmpty();
    assertThat(setting.wanted("maybe")).contains("one of [off, on]");
    assertThat(setting.range()).isEqualTo("off | on");
  }

  @ParameterizedTest
  @CsvSource({
    "token,String,'',true",
    "key,String,'',true",
    "turnPassword,String,'',true",
    "x,Password,'',true",
    "x,String,A secret of the room,true",
    "keyFile,String,File that holds it,false",
    "name,String,'',false"
  })
  void secretsAreKnown(String key, String type, String description, boolean secret) {
    assertThat(new Setting(key, type, false, "", "", "", description, List.of()).secret())
        .isEqualTo(secret);
  }
}
