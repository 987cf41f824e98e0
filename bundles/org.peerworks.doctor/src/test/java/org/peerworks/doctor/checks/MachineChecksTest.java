package org.peerworks.doctor.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.doctor.Finding;
import org.peerworks.doctor.Level;
import org.peerworks.doctor.checks.Reserves.Reserve;

class MachineChecksTest {

  @TempDir Path directory;

  private Path program(String name, String script) throws IOException {
    Path program = Files.createDirectories(directory.resolve("bin")).resolve(name);
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  @Test
  void javaIsJudgedByVersionMachineAndMemory() {
    assertThat(JavaCheck.judge(17, "Linux", "amd64", 1L << 30).level()).isEqualTo(Level.OK);
    assertThat(JavaCheck.judge(11, "Linux", "amd64", 1L << 30).level()).isEqualTo(Level.ERROR);
    assertThat(JavaCheck.judge(21, "Linux", "aarch64", 1L << 30).level()).isEqualTo(Level.ERROR);
    assertThat(JavaCheck.judge(21, "Linux", "amd64", 64L << 20).level()).isEqualTo(Level.WARNING);
  }

  @Test
  void missingLibrariesAreNamedWithTheirPackages() {
    Finding finding =
        Linked.judge(
            "WebRTC",
            "\tlinux-vdso.so.1 (0x1)\n\tlibpulse.so.0 => not found\n\tlibX11.so.6 => not found\n"
                + "\tlibodd.so.9 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x2)\n");
    assertThat(finding.level()).isEqualTo(Level.ERROR);
    assertThat(finding.found()).isEqualTo("WebRTC needs libX11.so.6, libodd.so.9, libpulse.so.0");
    assertThat(finding.mend())
        .isEqualTo("apt-get install libx11-6 libpulse0. Install what has libodd.so.9.");
  }

  @Test
  void damagedLibrariesAndOldSystemsAreNamed() {
    assertThat(
            Linked.judge(
                    "WebRTC",
                    "/tmp/library.so: error while loading shared libraries: /x/libpulse.so.0: file too short")
                .found())
        .isEqualTo("WebRTC cannot use '/x/libpulse.so.0': file too short");
    assertThat(
            Linked.judge("HDF5", "/lib/libc.so.6: version `GLIBC_2.99' not found (required by x)")
                .found())
        .contains("newer system: GLIBC_2.99");
  }

  @Test
  void theTrainersOwnLibrariesAreNotMissed() {
    assertThat(Linked.judge("PyTorch", "\tlibtorch.so => not found\n").level()).isEqualTo(Level.OK);
  }

  @Test
  void allPackagesOfTheInstallScriptAreKnown() throws IOException {
    Path root = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../..");
    String packages =
        Files.readString(root.resolve("tools/packages.sh"))
            .lines()
            .filter(line -> line.startsWith("webrtc_packages="))
            .findFirst()
            .orElseThrow();
    assertThat(Linked.PACKAGES.values())
        .containsAll(List.of(packages.replaceAll("^.*='|'$", "").split(" ")));
  }

  private List<Finding> gpu(String program, String path) throws Exception {
    return new GpuCheck(program, directory.resolve("home"), directory.resolve("data"), path).run();
  }

  @Test
  void gpusAreListedNoneIsANoteAndABrokenDriverAWarning() throws Exception {
    String works = program("works", "echo 'RTX 4090, 24564 MiB, 550.1'").toString();
    assertThat(gpu(works, "/nowhere")).containsExactly(Finding.ok("RTX 4090, 24564 MiB, 550.1"));
    assertThat(gpu(directory.resolve("none").toString(), "/nowhere").get(0).level())
        .isEqualTo(Level.NOTE);
    String fails = program("fails", "echo 'driver mismatch'; exit 9").toString();
    Finding broken = gpu(fails, "/nowhere").get(0);
    assertThat(broken.level()).isEqualTo(Level.WARNING);
    assertThat(broken.found()).contains("driver mismatch");
  }

  @Test
  void aGpuThatTheBuiltInTrainerLeavesIdleIsAWarning() throws Exception {
    String gpu = program("nvidia-smi", "echo 'RTX 4090, 24564 MiB, 550.1'").toString();
    Files.createDirectories(directory.resolve("home/features"));
    Files.createDirectories(directory.resolve("home/bundles"));
    Files.writeString(directory.resolve("home/features/worker.json"), "{}");
    Files.writeString(directory.resolve("home/bundles/org.peerworks.pose-1.0.jar"), "");

    List<Finding> findings = gpu(gpu, "/nowhere");
    assertThat(findings).extracting(Finding::level).containsExactly(Level.OK, Level.WARNING);
    assertThat(findings.get(1).found()).contains("built-in trainer").contains("on the CPU");
    assertThat(findings.get(1).mend())
        .contains("Install sleap-nn")
        .contains("org.peerworks.job.process.cfg");

    configure("environment = A=b, PYTORCH_LIBRARY_PATH=/opt/libtorch/lib\n");
    assertThat(gpu(gpu, "/nowhere"))
        .extracting(Finding::level)
        .as("nobody knows that without running it")
        .containsExactly(Level.OK, Level.NOTE);

    String path = program("sleap-nn", "exit 0").getParent().toString();
    assertThat(gpu(gpu, path)).extracting(Finding::level).containsExactly(Level.OK);
    configure("programs = other\n");
    assertThat(gpu(gpu, path)).as("not allowed").hasSize(2);
    configure("programs = sleap-nn=/opt/sleap-nn\n");
    assertThat(gpu(gpu, "/nowhere")).hasSize(1);
  }

  private static Reserve reserve(long bytes, String key) {
    return new Reserve(bytes, "jobs are refused", key, Path.of("/etc/" + key + ".cfg"));
  }

  @Test
  void roomAndHandles() {
    List<Reserve> reserves = List.of(reserve(1L << 30, "one"), reserve(2L << 30, "two"));
    assertThat(DiskCheck.room(3L << 29, reserves).level()).isEqualTo(Level.ERROR);
    assertThat(DiskCheck.room(3L << 29, reserves).found())
        .contains("1.6 GB free; jobs are refused below 2.1 GB ('two' in '/etc/two.cfg')")
        .doesNotContain("'one'");
    assertThat(DiskCheck.room(10L << 30, reserves).level()).isEqualTo(Level.WARNING);
    assertThat(DiskCheck.room(100L << 30, reserves)).isEqualTo(Finding.ok("107.4 GB free"));
    String limits = "Limit  Soft  Hard  Units\nMax open files            1024   %s   files\n";
    assertThat(DiskCheck.handles(limits.formatted("1024")).level()).isEqualTo(Level.WARNING);
    assertThat(DiskCheck.handles(limits.formatted("1048576")).level()).isEqualTo(Level.OK);
    assertThat(DiskCheck.handles(limits.formatted("unlimited")).level()).isEqualTo(Level.OK);
  }

  @Test
  void aDataDirectoryThatIsNotThereYetIsMadeByNobody() throws IOException {
    Path data = directory.resolve("not/there/yet");
    assertThat(new DiskCheck(directory.resolve("home"), data).run().get(0).found())
        .contains("Can write to '" + directory + "'")
        .contains("'" + data + "' would be");
    assertThat(directory).isEmptyDirectory();
  }

  private List<Reserve> reserves(String pid, String content) throws IOException {
    Files.createDirectories(directory.resolve("home/features"));
    Files.writeString(directory.resolve("home/features/worker.json"), "{}");
    Path config = Files.createDirectories(directory.resolve("data/config"));
    Files.writeString(config.resolve(pid + ".cfg"), content);
    return Reserves.of(directory.resolve("home"), directory.resolve("data"));
  }

  @Test
  void roomIsJudgedByWhatIsConfigured() throws IOException {
    assertThat(Reserves.of(directory.resolve("home"), directory.resolve("data")))
        .as("a client")
        .isEmpty();
    assertThat(reserves("org.peerworks.worker", ""))
        .extracting(Reserve::bytes)
        .containsExactly(1L << 30, 1L << 30, 1L << 30, 2L << 30, 2L << 30);
    List<Reserve> configured =
        reserves("org.peerworks.job.engine", "diskReserveBytes = 900000000000000\n");
    assertThat(DiskCheck.room(100L << 30, configured).found())
        .contains("jobs are refused below 900000.0 GB ('diskReserveBytes' in '")
        .contains("org.peerworks.job.engine.cfg'");
    reserves("org.peerworks.job.engine", "diskReserveBytes = 0\n");
    reserves("org.peerworks.job.track", "reserveBytes = 5\n");
    reserves("org.peerworks.protocol.sleap", "diskReserveMegabytes = 1\n");
    assertThat(reserves("org.peerworks.protocol.peerworks", "diskReserveMegabytes = 3\n"))
        .extracting(Reserve::bytes)
        .containsExactly(0L, 1L << 30, 5L, 3L << 20, 1L << 20);
  }

  @Test
  void whyADirectoryCannotBeWrittenToIsSaidInTheSystemsWords() {
    Path data = Path.of("/var/lib/peerworks");
    Finding immutable =
        DataAccess.refused(
            "it", data, new FileSystemException(data.toString(), null, "Operation not permitted"));
    assertThat(immutable.found()).isEqualTo("Cannot write to it: Operation not permitted");
    assertThat(immutable.mend()).contains("lsattr -d /var/lib/peerworks").contains("chattr -i");
    assertThat(
            DataAccess.refused(
                    "it",
                    data,
                    new FileSystemException(data.toString(), null, "Read-only file system"))
                .mend())
        .contains("Mount its file system writable");
    Finding refused = DataAccess.refused("it", data, new AccessDeniedException(data.toString()));
    assertThat(refused.found()).endsWith("Permission denied");
    assertThat(refused.mend()).contains("Make it writable for the user");
  }

  private Finding trainer(String path) throws Exception {
    return new TrainerCheck(directory.resolve("home"), directory.resolve("data"), path)
        .run()
        .get(0);
  }

  private void configure(String programs) throws IOException {
    Path config = Files.createDirectories(directory.resolve("data/config"));
    Files.writeString(config.resolve("org.peerworks.job.process.cfg"), programs);
  }

  @Test
  void theTrainerIsTheConfiguredOneOrOnThePathOrBuiltIn() throws Exception {
    assertThat(trainer("/nowhere").level()).as("a client").isEqualTo(Level.NOTE);
    Files.createDirectories(directory.resolve("home/features"));
    Files.createDirectories(directory.resolve("home/bundles"));
    Files.writeString(directory.resolve("home/features/worker.json"), "{}");
    assertThat(trainer("/nowhere").level()).isEqualTo(Level.ERROR);
    Files.writeString(directory.resolve("home/bundles/org.peerworks.pose-1.0.jar"), "");
    assertThat(trainer("/nowhere").found()).contains("built-in");
    Path program = program("sleap-nn", "exit 0");
    String path = "/nowhere:" + program.getParent();
    assertThat(trainer(path).found()).contains("'" + program + "', on the PATH");

    configure("programs = other, sleap-nn=\"" + program + "\" --verbose\n");
    assertThat(trainer("/nowhere").found()).contains("'" + program + "', configured in");
    configure("programs = sleap-nn=/opt/sleap/bin/sleap-nn\n");
    Finding missing = trainer(path);
    assertThat(missing.level()).isEqualTo(Level.ERROR);
    assertThat(missing.found()).contains("'/opt/sleap/bin/sleap-nn'").contains("does not exist");
    assertThat(missing.mend()).contains("org.peerworks.job.process.cfg");
    configure("programs = other\n");
    assertThat(trainer(path).found()).as("not allowed").contains("built-in");
  }

  @Test
  void aTrainerThatCannotBeRunIsNamedWithTheReason() throws Exception {
    Files.createDirectories(directory.resolve("home/features"));
    Files.createDirectories(directory.resolve("home/bundles"));
    Files.writeString(directory.resolve("home/features/worker.json"), "{}");
    Path program = program("sleap-nn", "exit 0");
    String path = program.getParent().toString();

    Files.writeString(program, "#!/opt/none/bin/python3\n");
    Finding noInterpreter = trainer(path);
    assertThat(noInterpreter.level()).isEqualTo(Level.ERROR);
    assertThat(noInterpreter.found())
        .contains("'" + program + "'")
        .contains("its interpreter does not exist");

    program("sleap-nn", "echo Traceback; echo \"No module named 'torch'\"; exit 1");
    assertThat(trainer(path).found()).endsWith("ends with status 1: No module named 'torch'");
    program("sleap-nn", "exit 2");
    assertThat(trainer(path).level()).as("knows no --help").isEqualTo(Level.OK);

    program("sleap-nn", "test \"$*\" = '-m two words --help' || exit 1");
    configure("programs = sleap-nn=" + program + " -m \"two words\", other\n");
    assertThat(trainer("/nowhere").level()).as("with its arguments").isEqualTo(Level.OK);
  }

  @Test
  void aStoreIsOnlyReadAndNotWhileAWorkerHasIt() throws Exception {
    Path home = directory.resolve("home");
    Path data = directory.resolve("data");
    StoreCheck check = new StoreCheck(home, data);
    assertThat(check.run().get(0).level()).as("a client").isEqualTo(Level.NOTE);
    Files.createDirectories(home.resolve("features"));
    Files.createDirectories(home.resolve("bundles"));
    Files.writeString(home.resolve("features/worker.json"), "{}");
    assertThat(check.run().get(0).found()).contains("There is none yet");
    Path store = Files.createDirectories(data.resolve("store"));
    Files.writeString(store.resolve("peerworks.db"), "no database".repeat(500));
    assertThat(check.run().get(0).found()).contains("No 'sqlite-jdbc-*.jar'");
    assertThat(store).isDirectoryContaining("glob:**peerworks.db");
  }
}
