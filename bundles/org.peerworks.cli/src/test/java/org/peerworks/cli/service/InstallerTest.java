package org.peerworks.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ServiceInvocation.Scope;
import org.peerworks.cli.terminal.Console;

/** What becomes of a machine that gets the service, and that loses it again. */
final class InstallerTest {

  @TempDir Path directory;

  private final ScriptedPrograms programs = new ScriptedPrograms();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Path home;
  private Place place;

  @BeforeEach
  void anInstallation() throws Exception {
    home = directory.resolve("unpacked");
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("bin/peerworks"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        home.resolve("bin/peerworks"), PosixFilePermissions.fromString("rwx------"));
    place =
        new Place(
            false,
            directory.resolve("opt/peerworks"),
            directory.resolve("lib/peerworks"),
            directory.resolve("etc/peerworks"),
            directory.resolve("units"));
  }

  private Console console() {
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return Console.on(out, out, InputStream.nullInputStream(), false, false, 80);
  }

  private Installer installer() {
    return new Installer(place, programs, new Systemd(programs, place.user()));
  }

  private void install(String version, String... options) throws Exception {
    installer().install(home, version, List.of(options), Optional.empty()).run(console(), false);
  }

  @Test
  void theServiceHasAProgramAUserDirectoriesAndUnits() throws Exception {
    install("0.1.0", "--server", "wss://signal.example.org");

    Path current = place.prefix().resolve("current");
    assertThat(Files.readSymbolicLink(current)).isEqualTo(Path.of("versions/0.1.0"));
    assertThat(Files.getPosixFilePermissions(current.resolve("bin/peerworks")))
        .as("everybody may start it, whoever unpacked it")
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(programs.calls("useradd")).hasSize(1);
    assertThat(Files.getPosixFilePermissions(place.data()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(place.environment())
        .content()
        .contains("PEERWORKS_WORKER_OPTIONS=--server wss://signal.example.org\n");
    assertThat(Files.getPosixFilePermissions(place.environment()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readSymbolicLink(place.configuration().resolve("config")))
        .isEqualTo(place.data().resolve("config"));
    assertThat(programs.calls("systemctl"))
        .containsExactly(
            "systemctl daemon-reload",
            "systemctl enable peerworks-worker.service peerworks-worker-upgrade.service");
    assertThat(said.toString()).contains("Make the system user 'peerworks', who cannot log in.");
  }

  @Test
  void theUnitTellsSystemdHowAWorkerIsRunAndWhatItMayNot() {
    String unit = UnitFiles.worker(place);

    assertThat(unit)
        .doesNotContainPattern("@[A-Z]+@")
        .contains(
            "Type=notify",
            "NotifyAccess=all",
            "WatchdogSec=",
            "Restart=on-failure",
            "KillMode=process",
            "TimeoutStopSec=",
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "ReadWritePaths=" + place.data(),
            "ExecStart=" + place.prefix() + "/current/bin/peerworks worker ")
        .doesNotContainPattern("(?m)^(MemoryDenyWriteExecute|PrivateDevices|DevicePolicy)=");
    assertThat(UnitFiles.upgrade(place))
        .doesNotContainPattern("@[A-Z]+@")
        .contains("ConditionPathExists=" + place.prefix() + "/pending");
  }

  @Test
  void onADryRunNothingIsThere() throws Exception {
    installer().install(home, "0.1.0", List.of(), Optional.empty()).run(console(), true);

    assertThat(directory.resolve("opt")).doesNotExist();
    assertThat(directory.resolve("units")).doesNotExist();
    assertThat(place.data()).doesNotExist();
    assertThat(programs.called).allMatch(call -> call.startsWith("getent"));
    assertThat(said.toString()).contains("Would do", place.unit().toString());
  }

  @Test
  void aSecondTimeOnlyUnitsAreWrittenAndOptionsStay() throws Exception {
    install("0.1.0", "--name", "gpu-1");
    Files.writeString(place.unit(), "changed");
    said.reset();

    install("0.1.0");

    assertThat(place.unit()).hasContent(UnitFiles.worker(place));
    assertThat(place.environment()).content().contains("--name gpu-1");
    assertThat(said.toString()).doesNotContain("Copy", "worker.env");
  }

  @Test
  void anotherVersionIsAnUpgrade() throws Exception {
    install("0.1.0");

    assertThatThrownBy(() -> install("0.2.0"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("Version 0.1.0 is installed")
        .hasMessageContaining("upgrade ARCHIVE");
  }

  @Test
  void whatIsTakenBackLeavesDataAndConfiguration() throws Exception {
    install("0.1.0", "--name", "gpu-1");
    Files.writeString(place.data().resolve("keep"), "me");

    installer().uninstall().run(console(), false);

    assertThat(place.prefix()).doesNotExist();
    assertThat(place.unit()).doesNotExist();
    assertThat(place.upgradeUnit()).doesNotExist();
    assertThat(place.data().resolve("keep")).hasContent("me");
    assertThat(place.environment()).exists();
    assertThat(programs.calls("userdel")).isEmpty();
    assertThat(programs.calls("systemctl disable --now")).hasSize(1);
  }

  @Test
  void withoutSystemdThatIsSaid() {
    programs.systemctl = null;
    assertThatThrownBy(() -> new Systemd(programs, false).requireRunning())
        .hasMessageContaining("no 'systemctl'");

    programs.systemctl = "System has not been booted with systemd as init system (PID 1).";
    assertThatThrownBy(() -> new Systemd(programs, false).requireRunning())
        .hasMessageContaining("systemd does not run this machine")
        .hasMessageContaining("PID 1");
  }

  @Test
  void aDirectoryThatAUnitCannotNameIsRefused() {
    Scope odd =
        new Scope(
            true,
            Optional.of(Path.of("/opt/50% off")),
            Optional.empty(),
            directory,
            directory,
            directory);

    assertThatThrownBy(() -> Place.wanted(odd)).hasMessageContaining("/opt/50% off");
  }
}
