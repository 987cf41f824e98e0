package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path framework;
  private Path temporary;
  private Path file;
  private Path label;

  @BeforeEach
  void makeDirectories() throws IOException {
    temporary = Files.createDirectories(framework.resolve("process-1/tmp"));
    file = framework.resolve("classes.jsa");
    label = framework.resolve("classes.version");
  }

  private ClassArchive archive() {
    return ClassArchive.in(framework, temporary, Duration.ZERO);
  }

  /** Prints the marker, and runs the words of bash when it is asked to end. */
  private static ClassArchive.Rehearsal rehearsal(String atEnd) {
    String script =
        "trap '%s' TERM; echo before; echo 'in its room'; while :; do read -t 1; done <> <(:)";
    return (archive, data) ->
        new ProcessBuilder("bash", "-c", script.formatted(atEnd.replace("FILE", archive + "")))
            .start();
  }

  @Test
  void whatARehearsalLeavesBehindIsKeptWithItsSizeAndTheVersionOfJava() throws IOException {
    try (ClassArchive archive = archive()) {
      archive.makeSoon(rehearsal("echo 1234 >FILE; exit 0"), "in its room");
      await().atMost(LONG).until(() -> Files.exists(label));
    }
    assertThat(file).hasContent("1234");
    assertThat(Files.readString(label))
        .startsWith("5\n")
        .contains(System.getProperty("java.vm.version"));
    archive().close();
    assertThat(file).as("still good for the next start").exists();
  }

  @Test
  void aRehearsalThatFailsLeavesNothing() throws Exception {
    try (ClassArchive archive = archive()) {
      archive.makeSoon(rehearsal("echo torn >FILE; exit 1"), "in its room");
      archive.await(LONG);
    }
    assertThat(file).doesNotExist();
    assertThat(label).doesNotExist();
  }

  @Test
  void anEndDuringTheRehearsalStopsIt() throws Exception {
    Path started = temporary.resolve("started");
    ClassArchive archive = archive();
    archive.makeSoon(
        (made, data) ->
            new ProcessBuilder("bash", "-c", "echo $$ >" + started + "; exec sleep 600").start(),
        "never printed");
    await().atMost(LONG).until(() -> Files.exists(started) && Files.size(started) > 0);
    long pid = Long.parseLong(Files.readString(started).strip());
    archive.close();
    await().atMost(LONG).until(() -> ProcessHandle.of(pid).isEmpty());
    assertThat(file).doesNotExist();
  }

  @Test
  void theArchiveOfAnotherVersionIsRemoved() throws IOException {
    Files.writeString(file, "1234\n");
    Files.writeString(label, "5\nanother Java");
    archive().close();
    assertThat(file).doesNotExist();
    assertThat(label).doesNotExist();
  }

  @Test
  void anArchiveThatWasCutOffIsRemoved() throws IOException {
    try (ClassArchive archive = archive()) {
      archive.makeSoon(rehearsal("echo 1234 >FILE; exit 0"), "in its room");
      await().atMost(LONG).until(() -> Files.exists(label));
    }
    Files.writeString(file, "12");
    archive().close();
    assertThat(file).doesNotExist();
  }
}
