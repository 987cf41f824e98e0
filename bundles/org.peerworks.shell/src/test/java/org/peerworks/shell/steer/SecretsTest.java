package org.peerworks.shell.steer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config:edit org.peerworks.worker token=hush-hush",
        "config:edit org.peerworks.worker key=hush-hush",
        "config:edit x turnPassword = hush-hush",
        "config:edit x 'turnPassword=hush-hush'",
        "config:edit x turnPassword='hush-hush and more'",
        "thing:do --token hush-hush",
        "thing:do --password=hush-hush",
        "thing:do --api-key \"hush-hush \\\" hush\"",
        "thing:do sleap-session:hush-hush",
        "thing:do slp_hush-hush-hush",
        "thing:get https://me:hush-hush@example.org/a.jar",
        "job:submit train '{\"secret\": \"hush-hush\"}'"
      })
  void secretsAreTakenOut(String line) {
    assertThat(Secrets.without(line)).contains("***").doesNotContain("hush");
  }

  @ParameterizedTest
  @CsvSource({
    "job:cancel 20261121-101500-4f2a9c",
    "bundle:install /tmp/a-1.0.jar",
    "job:priority 1 5"
  })
  void allElseStays(String line) {
    assertThat(Secrets.without(line)).isEqualTo(line);
  }
}
