package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureSetTest {

  @TempDir Path home;

  private Installation installation;

  @BeforeEach
  void makeInstallation() throws IOException {
    installation = new Installation(home);
    Files.createDirectories(installation.features());
  }

  private void feature(String name, String rest) throws IOException {
    Files.writeString(
        installation.features().resolve(name + ".json"),
        "{\"feature-resource-version\": \"1.0\", \"id\": \"t:%s:1\", %s}".formatted(name, rest));
  }

  @Test
  void requiredFeaturesComeFirstAndEachOnce() throws Exception {
    feature("base", bundles("{\"id\": \"g:base:1\", \"sha256\": \"aa\"}"));
    feature(
        "top",
        bundles("{\"id\": \"g:top:jar:x:1\", \"sha256\": \"bb\", \"bundleStartLevel\": 4}")
            + requires("base"));
    List<PinnedBundle> pinned =
        List.copyOf(FeatureSet.read(installation, List.of("top", "base")).bundles());
    assertThat(pinned).extracting(PinnedBundle::sha256).containsExactly("aa", "bb");
    assertThat(pinned.get(1).file()).isEqualTo(installation.bundles().resolve("top-1-x.jar"));
    assertThat(pinned).extracting(PinnedBundle::startLevel).containsExactly(10, 4);
  }

  @Test
  void twoPinsOfOneBundleAreNamed() throws Exception {
    feature("a", bundles("{\"id\": \"g:same:1\", \"sha256\": \"aa\"}"));
    feature("b", bundles("{\"id\": \"g:same:2\", \"sha256\": \"bb\"}"));
    assertThatThrownBy(() -> FeatureSet.read(installation, List.of("a", "b")))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("g:same:1")
        .hasMessageContaining("g:same:2");
  }

  @Test
  void aBundleWithoutAHashIsRefused() throws Exception {
    feature("a", bundles("{\"id\": \"g:loose:1\"}"));
    assertThatThrownBy(() -> FeatureSet.read(installation, List.of("a")))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("g:loose:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"id\": 5}", "\u0000"})
  void aDamagedFeatureIsNamed(String content) throws Exception {
    Files.writeString(installation.features().resolve("bad.json"), content);
    assertThatThrownBy(() -> FeatureSet.read(installation, List.of("bad")))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("bad");
  }

  @Test
  void aMissingFeatureIsNamed() {
    assertThatThrownBy(() -> FeatureSet.read(installation, List.of("nowhere")))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("This installation has no feature 'nowhere'")
        .hasMessageContaining("peerworks-worker-");
  }

  private static String bundles(String bundle) {
    return "\"bundles\": [" + bundle + "]";
  }

  private static String requires(String name) {
    return ", \"extensions\": {\"requires\": {\"type\": \"text\", \"kind\": \"optional\","
        + " \"text\": [\""
        + name
        + "\"]}}";
  }
}
