package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The archives, each unpacked once for all tests of this process. */
final class Installations {

  private static final Map<String, Path> UNPACKED = new HashMap<>();

  private Installations() {}

  /**
   * An installation that a test has for itself. Its files are links to the same ones as those of
   * others: they may be replaced and deleted, but not written to.
   *
   * @param kind {@code worker} or {@code client}
   * @param target does not exist
   */
  static Path copy(String kind, Path target) throws IOException, InterruptedException {
    Files.createDirectories(target.getParent());
    run("cp", "-al", unpacked(kind).toString(), target.toString());
    return target;
  }

  private static synchronized Path unpacked(String kind) throws IOException, InterruptedException {
    Path known = UNPACKED.get(kind);
    if (known != null) {
      return known;
    }
    Path archives = Path.of(System.getProperty("peerworks.archives"));
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(archives, "peerworks-" + kind + "-*.tar.gz")) {
      Path archive = found.iterator().next();
      Path temporary = Files.createTempDirectory("peerworks-archives-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(temporary), "delete-" + kind));
      Path target = Files.createDirectory(temporary.resolve(kind));
      run("tar", "-xzf", archive.toString(), "-C", target.toString(), "--strip-components=1");
      UNPACKED.put(kind, target);
      return target;
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
        .as(String.join(" ", command))
        .isZero();
  }

  private static void delete(Path directory) {
    try {
      run("rm", "-rf", directory.toString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("Cannot delete '" + directory + "'", e);
    }
  }
}
