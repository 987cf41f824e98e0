package org.peerworks.itests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.transport.webrtc.SdpTarget;

/**
 * Feeds parsers of what peers send with inputs that a fuzzer makes out of sound ones, following
 * which branches they reach. It ends at the first input that a parser neither reads nor refuses in
 * its own words, or over which it takes too long, and keeps that input. {@code fuzz.seconds} for
 * each parser.
 */
@Tag("long")
class FuzzIT {

  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 60);

  /** One input may take so long, on a busy machine. */
  private static final int PATIENCE_SECONDS = 60;

  private static final Path FINDINGS = Path.of("target", "findings");

  @TempDir Path directory;

  @Test
  void archives() throws Exception {
    fuzz(ArchiveTarget.class, 1 << 14, Seeds.archives());
  }

  @Test
  void labels() throws Exception {
    fuzz(SlpTarget.class, 1 << 16, Seeds.labels(directory));
  }

  @Test
  void scripts() throws Exception {
    fuzz(ScriptTarget.class, 1 << 12, Seeds.scripts());
  }

  @Test
  void messagesOfPeerworks() throws Exception {
    fuzz(PeerworksTarget.class, 1 << 12, Seeds.peerworks());
  }

  @Test
  void messagesOfSleapRtc() throws Exception {
    fuzz(SleapTarget.class, 1 << 12, Seeds.sleap());
  }

  @Test
  void sessionDescriptions() throws Exception {
    fuzz(SdpTarget.class, 1 << 12, Seeds.descriptions());
  }

  private void fuzz(Class<?> target, int longest, List<byte[]> seeds) throws Exception {
    Path corpus = Files.createDirectory(directory.resolve("corpus"));
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(corpus.resolve("seed-" + i), seeds.get(i));
    }
    Files.createDirectories(FINDINGS);
    Path log = directory.resolve("log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-Dfuzz.scratch=" + Files.createDirectory(directory.resolve("scratch")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=org.peerworks.**:io.jhdf.**",
                "--reproducer_path=" + FINDINGS.toAbsolutePath(),
                "-artifact_prefix="
                    + FINDINGS.toAbsolutePath()
                    + "/"
                    + target.getSimpleName()
                    + "-",
                "-max_total_time=" + SECONDS,
                "-timeout=" + PATIENCE_SECONDS,
                "-rss_limit_mb=3000",
                "-max_len=" + longest,
                "-print_final_stats=1",
                corpus.toString()));
    Process fuzzer =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      int exit = fuzzer.waitFor();
      String said = Files.readString(log, StandardCharsets.UTF_8);
      assertThat(exit).as(said).isZero();
      long inputs = number(said, "stat::number_of_executed_units:");
      System.out.printf(
          "%s: %,d inputs in %d s, %d of them reached something new%n",
          target.getSimpleName(), inputs, SECONDS, count(corpus) - seeds.size());
      assertThat(inputs).as(said).isGreaterThan(seeds.size());
      assertThat(count(corpus)).as("inputs that reached something new").isGreaterThan(seeds.size());
    } finally {
      fuzzer.destroyForcibly();
    }
  }

  private static int count(Path corpus) throws IOException {
    try (var files = Files.list(corpus)) {
      return (int) files.count();
    }
  }

  private static long number(String said, String name) {
    return said.lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
        .sum();
  }
}
