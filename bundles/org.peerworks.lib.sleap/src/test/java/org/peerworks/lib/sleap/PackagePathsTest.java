package org.peerworks.lib.sleap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackagePathsTest {

  @TempDir Path directory;
  private PackagePaths paths;

  @BeforeEach
  void makePackage() throws IOException {
    Path root = directory.resolve("package");
    Files.createDirectories(root.resolve("models/a"));
    Files.writeString(root.resolve("labels.slp"), "x");
    Files.writeString(directory.resolve("secret"), "x");
    Files.createSymbolicLink(root.resolve("out"), directory);
    Files.createSymbolicLink(root.resolve("to-secret"), directory.resolve("secret"));
    paths = new PackagePaths(root);
  }

  @Test
  void findsWhatIsInside() throws IOException {
    assertThat(paths.relative(paths.existing("./models//a", "m"))).isEqualTo("models/a");
    assertThat(paths.relative(paths.existing(".", "m"))).isEqualTo(".");
    assertThat(paths.relative(paths.inside("new/file", "m"))).isEqualTo("new/file");
    assertThat(paths.find("labels.slp")).isPresent();
    assertThat(paths.find("other.slp")).isEmpty();
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> paths.existing("models/b", "the model"))
        .hasMessage("The package has no 'models/b'; the model must be in the package.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../secret",
        "models/../../secret",
        "models/..",
        "~/x",
        "~root",
        "C:\\x",
        "c:/x",
        "\\\\server\\share",
        "a\\..\\b",
        "file:///etc/passwd",
        "http://host/x",
        "a\u0000b",
        "",
        " ",
        "out/secret",
        "out/new",
        "to-secret",
        "a\\b",
      })
  void neverLeavesThePackage(String text) throws IOException {
    assertThatThrownBy(() -> paths.inside(text, "the data"))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining("no path inside the package; the data must be named relative");
    assertThat(paths.find(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", "...", "x:y", "1e-3", "a/b.c", "auto", "cuda:0"})
  void otherTextsDoNotLeave(String text) {
    assertThat(PackagePaths.leaves(text)).isFalse();
  }
}
