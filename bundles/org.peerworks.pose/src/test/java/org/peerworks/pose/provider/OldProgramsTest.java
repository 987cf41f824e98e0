package org.peerworks.pose.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldProgramsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

  @TempDir Path directory;
  @TempDir Path processes;

  private Path program(String name, Instant lastUse) throws IOException {
    Path program = Files.createDirectories(directory.resolve(name).resolve("lib")).getParent();
    Files.writeString(program.resolve("lib/some.jar"), "jar");
    OldPrograms.used(program, lastUse);
    return program;
  }

  private void process(String pid, String... words) throws IOException {
    Path process = Files.createDirectories(processes.resolve(pid));
    Files.writeString(
        process.resolve("cmdline"), String.join("\0", words) + "\0", StandardCharsets.UTF_8);
  }

  private void removeExcept(Path current) {
    new OldPrograms(directory, processes).removeExcept(current, NOW);
  }

  @Test
  void programsOfEarlierVersionsGo() throws IOException {
    Path old = program("pose-1111", YESTERDAY);
    Path current = program("pose-2222", YESTERDAY);
    process("7", "java", "-cp", current + "/lib/*");
    removeExcept(current);
    assertThat(old).doesNotExist();
    assertThat(current.resolve("lib/some.jar")).exists();
  }

  @Test
  void aProgramStaysAsLongAsAStepRunsFromIt() throws IOException {
    Path directoryWithUmlaut = Files.createDirectories(directory.resolve("Mäuse"));
    Path old = Files.move(program("pose-1111", YESTERDAY), directoryWithUmlaut.resolve("pose-1"));
    OldPrograms.used(old, YESTERDAY);
    process("4711", "java", "-Djava.library.path=" + old + "/native/hdf5", "Main");
    OldPrograms programs = new OldPrograms(directoryWithUmlaut, processes);
    programs.removeExcept(directoryWithUmlaut.resolve("pose-2"), NOW);
    assertThat(old.resolve("lib/some.jar")).exists();
    Files.delete(processes.resolve("4711/cmdline"));
    programs.removeExcept(directoryWithUmlaut.resolve("pose-2"), NOW);
    assertThat(old).doesNotExist();
  }

  @Test
  void realProcessesCount() throws Exception {
    Path old = program("pose-1111", YESTERDAY);
    Path current = program("pose-2222", NOW);
    OldPrograms programs = new OldPrograms(directory, Path.of("/proc"));
    Process step = new ProcessBuilder("tail", "-f", old.resolve("lib/some.jar").toString()).start();
    try {
      assertThat(step.getInputStream().read()).isEqualTo('j');
      programs.removeExcept(current, NOW);
      assertThat(old).exists();
    } finally {
      step.destroy();
      step.waitFor();
    }
    programs.removeExcept(current, NOW);
    assertThat(old).doesNotExist();
  }

  @Test
  void aProgramThatIsAboutToStartStays() throws IOException {
    Path handedOut = program("pose-1111", NOW.minusSeconds(5));
    removeExcept(program("pose-2222", NOW));
    assertThat(handedOut).exists();
  }

  @Test
  void whatIsNoProgramIsLeftAlone() throws IOException {
    Path other = program("mine", YESTERDAY);
    removeExcept(program("pose-2222", NOW));
    assertThat(other).exists();
  }
}
