package org.peerworks.job.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.lib.sleap.PackageException;

class ConfigFileTest {

  @TempDir Path directory;

  @Test
  void readsSettings() throws IOException {
    ConfigFile config =
        read(
            "data_config:\n  train_labels_path: [a.slp, b.slp]\n  val_labels_path: ~\n  x: None\n");

    assertThat(config.texts("data_config.train_labels_path")).containsExactly("a.slp", "b.slp");
    assertThat(config.has("data_config.val_labels_path")).isTrue();
    assertThat(config.at("data_config.val_labels_path")).isEmpty();
    assertThat(config.at("data_config.x")).isEmpty();
    assertThat(config.has("trainer_config.ckpt_dir")).isFalse();
  }

  @Test
  void namesFileLineAndReason() {
    assertThatThrownBy(() -> read("data_config:\n  a: 1\n b: [\n"))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("The configuration 'centroid.yaml', line 3 is not valid YAML: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "just text",
        "- a",
        "a: !!python/object/apply:os.system ['id']",
        "a: 1\na: 2",
        "a: &x [1]\nb: {<<: *x}",
        "a: &a [*a]",
        "---\na: 1\n---\nb: 2",
        "defaults: [_self_, /etc/passwd]",
        "hydra: {searchpath: [file:///etc]}",
        "model_config: {_target_: os.system}",
        "model_config: {a: '${oc.env:HOME}'}",
        "'${a}': 1",
        "# @package trainer_config\nresume_ckpt_path: x",
        "data_config: {something_path: /etc/passwd}",
        "data_config: {list: [a, [../../x]]}",
        "trainer_config: {log: 'http://example.org/hook'}",
        "trainer_config: {log: '~/x'}",
        "trainer_config: {wandbx: /etc}",
        "data_config: {train_labels_path: x, other: 'C:\\x'}",
      })
  void refusesMoreThanSettingsOfThePackage(String yaml) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("The configuration 'centroid.yaml'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0085", "\u2028", "\u2029"})
  void refusesLineBreaksOfYaml11Only(String lineBreak) {
    assertThatThrownBy(
            () -> read("data_config: {}\n# note" + lineBreak + "test_file_path: /etc/passwd\n"))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining("line break");
  }

  @Test
  void theTrainerReadsWhatWasJudged() throws IOException {
    Path file = directory.resolve("centroid.yaml");
    ConfigFile config =
        read(
            "%YAML 1.1\n--- # note\na: yes\nb: 1:30\nc: 010\nd: &x [1.0e+20, ~, \"\\U0001F600\\u2028\\\"\"]\ne: *x\nf: {}\n");

    config.normalize(file);

    assertThat(file)
        .hasContent(
            """
            {
             "a": "yes",
             "b": "1:30",
             "c": 10,
             "d": [1.0E+20, null, "\\U0001f600\\u2028\\""],
             "e": [1.0E+20, null, "\\U0001f600\\u2028\\""],
             "f": {}}
            """);
    assertThat(ConfigFile.read(file, ConfigFile.MOST_BYTES).values()).isEqualTo(config.values());
  }

  @Test
  void refusesBombs() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String last = "*a" + (i - 1);
      laughs.append("a%d: &a%d [%s, %s, %s]\n".formatted(i, i, last, last, last));
    }
    assertThatThrownBy(() -> read(laughs.toString())).isInstanceOf(PackageException.class);
    assertThatThrownBy(() -> read("a: " + "[".repeat(200_000)))
        .isInstanceOf(PackageException.class);
    assertThatThrownBy(() -> read("a: " + "[".repeat(200) + "]".repeat(200)))
        .isInstanceOf(PackageException.class);
    assertThatThrownBy(() -> read("a: " + "x".repeat(1 << 20))).hasMessageContaining("1024 KiB");
  }

  @Test
  void pathsThatAreReplacedOrUnusedMayBeAnywhere() throws IOException {
    ConfigFile config =
        read(
            """
            name: ''
            filename: /home/me/centroid.yaml
            data_config:
              train_labels_path: [/home/me/labels.slp]
              cache_img_path: /tmp/cache
              skeletons: [{nodes: [{name: /a}]}]
            trainer_config:
              ckpt_dir: /home/me/models
              run_name: ../x
              wandb: {project: 'https://example.org'}
              zmq: {publish_address: 'tcp://127.0.0.1:9001'}
            """);

    assertThat(config.values().keySet().toString()).contains("trainer_config");
  }

  @Property(tries = 500)
  void anyTextIsReadOrRefused(@ForAll String text) throws IOException {
    Path file = Files.createTempFile("config", ".yaml");
    try {
      Files.writeString(file, text.replaceAll("[\\ud800-\\udfff]", "?"));
      ConfigFile.read(file, ConfigFile.MOST_BYTES);
    } catch (PackageException e) {
      assertThat(e.getMessage()).startsWith("The configuration '");
    } finally {
      Files.delete(file);
    }
  }

  private ConfigFile read(String yaml) throws IOException {
    return ConfigFile.read(
        Files.writeString(directory.resolve("centroid.yaml"), yaml), ConfigFile.MOST_BYTES);
  }
}
