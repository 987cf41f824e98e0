package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The framework's own directory may be deleted or damaged: a worker makes it anew. */
class FrameworkCacheIT {

  @TempDir Path directory;

  private Lab lab;
  private String session;

  @BeforeEach
  void startOnce() throws Exception {
    lab = new Lab(directory);
    lab.signal();
    session = startAndStop();
  }

  @AfterEach
  void closeLab() throws Exception {
    lab.close();
  }

  private Path framework() {
    return lab.workerData().resolve("framework");
  }

  private String startAndStop() throws Exception {
    Running worker = lab.worker();
    String told = Lab.session(worker);
    worker.awaitLine("Ready for jobs");
    worker.signal("TERM");
    assertThat(worker.exit()).as(worker.transcript()).isZero();
    return told;
  }

  private static List<Path> files(Path root, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).filter(wanted).toList();
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aDeletedDirectoryIsMadeAgain() throws Exception {
    delete(framework());
    assertThat(startAndStop()).isEqualTo(session);
  }

  @Test
  void aDirectoryThatIsDeletedWhileTheWorkerStopsIsMadeAgain() throws Exception {
    Running worker = lab.worker();
    worker.awaitLine("Ready for jobs");
    worker.signal("TERM");
    delete(framework().resolve("worker"));
    assertThat(worker.exit()).as(worker.transcript()).isZero();
    assertThat(startAndStop()).isEqualTo(session);
  }

  @Test
  void damagedBundlesAreInstalledAgain() throws Exception {
    List<Path> records = files(framework().resolve("worker"), file -> file.endsWith("bundle.info"));
    assertThat(records).hasSizeGreaterThan(20);
    for (Path record : records) {
      Files.write(record, new byte[0]);
    }
    assertThat(startAndStop()).isEqualTo(session);
  }

  @Test
  void everyOtherDamageIsMendedToo() throws Exception {
    for (Path file : files(framework().resolve("worker"), file -> true)) {
      Files.writeString(file, "\0\0\0damaged");
    }
    assertThat(startAndStop()).isEqualTo(session);
  }

  @Test
  void anInstallationThatNobodyMayWriteToIsEnough() throws Exception {
    try (Stream<Path> all = Files.walk(lab.workerHome())) {
      for (Path file : all.toList()) {
        assertThat(file.toFile().setWritable(false, false)).isTrue();
      }
    }
    delete(framework());
    Running worker = lab.workerUnder(BadStartIT.asNobodySpecial());
    assertThat(Lab.session(worker)).isEqualTo(session);
    worker.awaitLine("Ready for jobs");
    try (Stream<Path> all = Files.walk(lab.workerHome())) {
      all.forEach(file -> file.toFile().setWritable(true, true));
    }
  }
}
