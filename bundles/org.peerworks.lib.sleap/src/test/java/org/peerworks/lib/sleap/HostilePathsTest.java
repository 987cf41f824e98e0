package org.peerworks.lib.sleap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.peerworks.lib.files.FileTrees;

/** Whatever a package names, what is resolved lies in the package, links followed. */
class HostilePathsTest {

  private static Path directory;
  private static Path root;

  @BeforeContainer
  static void makePackage() throws IOException {
    directory = Files.createTempDirectory("paths").toRealPath();
    root = Files.createDirectories(directory.resolve("package"));
    Files.createDirectories(root.resolve("a/b"));
    Files.createSymbolicLink(root.resolve("up"), directory);
    Files.createSymbolicLink(root.resolve("a/link"), root.resolve("a/b"));
    Files.writeString(directory.resolve("b"), "secret");
  }

  @AfterContainer
  static void deletePackage() throws IOException {
    FileTrees.delete(directory);
  }

  @Property(tries = 3000)
  void nothingOutsideIsResolved(@ForAll("paths") String text) throws IOException {
    PackagePaths paths = new PackagePaths(root);
    try {
      Path path = paths.inside(text, "it");
      assertThat(path).startsWithRaw(root);
      Path nearest = path;
      while (!Files.exists(nearest)) {
        nearest = nearest.getParent();
      }
      assertThat(nearest.toRealPath()).startsWith(root);
      assertThat(paths.relative(path).split("/")).isNotEmpty().doesNotContain("..", "");
    } catch (PackageException e) {
      assertThat(e.getMessage()).contains("path");
    }
    assertThat(paths.find(text).map(HostilePathsTest::real).stream())
        .allMatch(path -> path.startsWith(root));
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of(
            "a", "b", "up", "link", "..", ".", "/", "//", "\\", "~", "C:", "file:", " ", "\0")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
