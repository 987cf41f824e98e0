package org.peerworks.lib.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SleapSettingsTest {

  private static final String EXAMPLE =
      """
      # where we meet
      [environments.production]
      signaling_websocket = "wss://signaling.sleap.ai"
      signaling_http      = "https://signaling.sleap.ai"

      [environments.staging]
      signaling_websocket = "ws://stage:8080"

      [worker.io]
      working_dir = "~/rtc"
      [[worker.io.mounts]]
      path  = "%s"
      label = "vast"

      [[path_mappings]]
      local  = "/Users/me/data"
      worker = "/vast/me/data"
      """;

  @TempDir Path temporary;
  private final Map<String, String> environment = new HashMap<>();
  private Path home;
  private Path here;

  @BeforeEach
  void makeDirectories() throws IOException {
    home = Files.createDirectories(temporary.resolve("home"));
    here = Files.createDirectories(temporary.resolve("here"));
    environment.put("HOME", home.toString());
  }

  private Places places() {
    return Places.of(here, environment);
  }

  private void inHome(String text) throws IOException {
    Files.createDirectories(home.resolve(".sleap-rtc"));
    Files.writeString(home.resolve(".sleap-rtc/config.toml"), text);
  }

  @Test
  void theExampleOfSleapRtcIsRead() throws IOException {
    inHome(EXAMPLE.formatted(temporary));

    SleapSettings settings = SleapSettings.read(places());

    assertThat(settings.webSocket()).map(Setting::value).contains("wss://signaling.sleap.ai");
    assertThat(settings.http()).map(Setting::value).contains("https://signaling.sleap.ai");
    assertThat(settings.http().orElseThrow().where())
        .contains("config.toml', line 4, 'environments.production.signaling_http'");
    assertThat(settings.workingDirectory()).contains(home.resolve("rtc"));
    assertThat(settings.mounts()).containsExactly(new MountSetting("vast", temporary));
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void withoutAFileNothingIsSet() throws IOException {
    SleapSettings settings = SleapSettings.read(places());

    assertThat(settings.webSocket()).isEmpty();
    assertThat(settings.mounts()).isEmpty();
    assertThat(PathMappings.read(places()).mappings()).isEmpty();
  }

  @Test
  void aLocalFileHidesTheUsersExceptForItsPathMappings() throws IOException {
    inHome(EXAMPLE.formatted(temporary));
    Files.writeString(
        here.resolve("sleap-rtc.toml"), "[[path_mappings]]\nlocal='/a'\nworker='/b'\n");

    assertThat(SleapSettings.read(places()).webSocket()).isEmpty();
    assertThat(SleapSettings.read(places()).mounts()).isEmpty();
    assertThat(PathMappings.read(places()).mappings())
        .containsExactly(new PathMapping("/Users/me/data", "/vast/me/data"));
  }

  @Test
  void theEnvironmentChoosesTheServer() throws IOException {
    inHome(EXAMPLE.formatted(temporary));
    environment.put("SLEAP_RTC_ENV", "staging");

    assertThat(SleapSettings.read(places()).webSocket())
        .map(Setting::value)
        .contains("ws://stage:8080");
    assertThat(SleapSettings.read(places()).http()).isEmpty();

    environment.put("SLEAP_RTC_ENV", "prod");
    assertThatThrownBy(() -> SleapSettings.read(places()))
        .hasMessageContaining("SLEAP_RTC_ENV: 'prod'")
        .hasMessageContaining("staging");
  }

  @Test
  void mountsThatCannotBeUsedAreLeftOutAndSaidSo() throws IOException {
    inHome(
        """
        [[worker.io.mounts]]
        path = "/no/such/place"
        label = "gone"
        [[worker.io.mounts]]
        path = "%s"
        [[worker.io.mounts]]
        path = "%s"
        label = "here"
        """
            .formatted(temporary, temporary));

    SleapSettings settings = SleapSettings.read(places());

    assertThat(settings.mounts()).extracting(MountSetting::label).containsExactly("here");
    assertThat(settings.warnings())
        .satisfiesExactly(
            gone -> assertThat(gone).contains("line 1").contains("/no/such/place"),
            nameless -> assertThat(nameless).contains("line 4").contains("'label'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a = 1\\nb = = 2                                | line 2, this is not TOML
          [environments.production]\\n\\nsignaling_websocket = 7 | line 3, 'environments.production.signaling_websocket'
          environments.production.signaling_websocket = ''       | line 1, 'environments.production.signaling_websocket'
          [environments]\\nproduction = 'x'               | line 2, 'environments.production'
          [worker.io]\\nmounts = 'x'                      | line 2, 'worker.io.mounts'
          [worker]\\nio = []                              | line 2, 'worker.io'
          a = '''\\nx = 1\\n'''\\n[worker.io]\\nworking_dir = []  | line 5, 'worker.io.working_dir'
          """)
  void aDamagedFileIsNamedWithLineAndKey(String text, String expected) throws IOException {
    inHome(text.replace("\\n", "\n"));

    var thrown =
        assertThatThrownBy(() -> SleapSettings.read(places()))
            .isInstanceOf(BadFileException.class)
            .hasMessageContaining(home.resolve(".sleap-rtc/config.toml").toString());
    for (String part : List.of(expected.split(", "))) {
      thrown.hasMessageContaining(part);
    }
  }

  @Test
  void aFileThatIsTooLargeOrNoTextIsRefused() throws IOException {
    inHome("#".repeat(SmallFiles.MOST_BYTES + 1));
    assertThatThrownBy(() -> SleapSettings.read(places())).hasMessageContaining("1048576 bytes");

    Files.write(places().homeConfig(), new byte[] {'a', '=', '"', (byte) 0xff, '"'});
    assertThatThrownBy(() -> SleapSettings.read(places())).hasMessageContaining("UTF-8");

    inHome("a = " + "[".repeat(5000) + "]".repeat(5000));
    assertThatThrownBy(() -> SleapSettings.read(places())).isInstanceOf(BadFileException.class);

    inHome("[[worker.io.mounts]]\n".repeat(1001));
    assertThatThrownBy(() -> SleapSettings.read(places())).hasMessageContaining("1001");

    Files.delete(places().homeConfig());
    Files.createDirectory(places().homeConfig());
    assertThatThrownBy(() -> SleapSettings.read(places())).hasMessageContaining("no regular file");
  }

  @Test
  void theLongestMappingOfAPathCounts() {
    PathMappings mappings =
        new PathMappings(
            List.of(
                new PathMapping("/data/", "/vast"),
                new PathMapping("/data/flies", "/flies/"),
                new PathMapping("C:\\lab", "/lab")));

    assertThat(mappings.toWorker("/data/mice/a.slp")).contains("/vast/mice/a.slp");
    assertThat(mappings.toWorker("/data/flies/a.slp")).contains("/flies/a.slp");
    assertThat(mappings.toWorker("/data/flies2/a.slp")).contains("/vast/flies2/a.slp");
    assertThat(mappings.toWorker("/data")).contains("/vast");
    assertThat(mappings.toWorker("C:\\lab\\a.slp")).contains("/lab\\a.slp");
    assertThat(mappings.toWorker("/database/a.slp")).isEmpty();
  }

  @Test
  void aMappingThatIsIncompleteIsNamed() throws IOException {
    inHome("[[path_mappings]]\nlocal = '/a'\nworker = '/b'\n\n[[path_mappings]]\nlocal = '/c'\n");

    assertThatThrownBy(() -> PathMappings.read(places()))
        .hasMessageContaining("line 5")
        .hasMessageContaining("'path_mappings.worker'");
  }

  @Test
  void secretsOfTheEnvironmentAreNotShown() {
    environment.put("SLEAP_ROOM_SECRET", "topsecret");

    assertThat(places().toString()).doesNotContain("topsecret");
  }

  @Test
  void theHomeOfTheEnvironmentCounts() {
    assertThat(places().homeConfig()).isEqualTo(home.resolve(".sleap-rtc/config.toml"));
    environment.put("HOME", "relative");
    assertThat(places().home()).isEqualTo(Path.of(System.getProperty("user.home")));
  }
}
