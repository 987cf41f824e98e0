package org.peerworks.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.terminal.Console;
import org.peerworks.lib.files.Hashes;

/** Archives that are what they should be, and others. */
final class NewArchiveTest {

  @TempDir Path directory;

  private final Programs programs = new Programs();
  private Path archive;
  private Path data;

  @BeforeEach
  void anArchive() throws Exception {
    data = Files.createDirectories(directory.resolve("data/config")).getParent();
    archive = archive("0.2.0", "echo peerworks 0.2.0");
    sums(Hashes.sha256(archive));
  }

  private Path archive(String name, String program) throws Exception {
    Path top = directory.resolve("peerworks-worker-" + name);
    Files.createDirectories(top.resolve("bin"));
    Files.createDirectories(top.resolve("features"));
    Files.writeString(top.resolve("features/worker.json"), "{}");
    Files.writeString(top.resolve("bin/peerworks"), "#!/bin/sh\n" + program + "\n");
    assertThat(top.resolve("bin/peerworks").toFile().setExecutable(true)).isTrue();
    Path file = directory.resolve("peerworks-worker-" + name + ".tar.gz");
    programs.require(
        "tar", "-czf", file.toString(), "-C", directory.toString(), top.getFileName().toString());
    return file;
  }

  private void sums(String sha256) throws Exception {
    Files.writeString(
        directory.resolve("SHA256SUMS"), sha256 + "  " + archive.getFileName() + "\n");
  }

  private NewArchive checked(Optional<String> told) throws Exception {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Console console = Console.on(nowhere, nowhere, InputStream.nullInputStream(), false, false, 80);
    return NewArchive.checked(archive, told, new Signatures(data, console));
  }

  @Test
  void oneThatIsWholeIsUnpackedUnderTheVersionThatItSays() throws Exception {
    Versions versions = new Versions(directory.resolve("prefix"));

    assertThat(checked(Optional.empty()).unpack(versions, programs)).isEqualTo("0.2.0");

    assertThat(versions.directory("0.2.0").resolve("bin/peerworks")).isExecutable();
    assertThat(checked(Optional.empty()).unpack(versions, programs))
        .as("another build of the same version")
        .isEqualTo("0.2.0." + Hashes.sha256(archive).substring(0, 8));
  }

  @Test
  void oneThatWasChangedIsRefused() throws Exception {
    sums("0".repeat(64));

    assertThatThrownBy(() -> checked(Optional.empty()))
        .hasMessageContaining("is not what it should be")
        .hasMessageContaining(Hashes.sha256(archive));
    assertThatThrownBy(() -> checked(Optional.of("1".repeat(64))))
        .hasMessageContaining("expected 1111");
  }

  @Test
  void oneOfWhichNothingIsKnownIsRefused() throws Exception {
    Files.delete(directory.resolve("SHA256SUMS"));

    assertThatThrownBy(() -> checked(Optional.empty())).hasMessageContaining("--sha256");
    assertThat(checked(Optional.of(Hashes.sha256(archive)))).isNotNull();
  }

  @Test
  void oneThatDoesNotRunHereLeavesNothingBehind() throws Exception {
    archive = archive("0.3.0", "echo No Java found >&2; exit 71");
    Versions versions = new Versions(directory.resolve("prefix"));
    NewArchive broken = checked(Optional.of(Hashes.sha256(archive)));

    assertThatThrownBy(() -> broken.unpack(versions, programs))
        .hasMessageContaining("does not run on this machine: No Java found");

    assertThat(directory.resolve("prefix/versions")).isEmptyDirectory();
  }

  @Test
  void signaturesAreLookedAtWhereKeysAreTrusted() throws Exception {
    Path keys = Files.createDirectories(data.resolve("keys/trusted"));
    certificate("signer", keys.resolve("signer.pem"));
    certificate("stranger", directory.resolve("stranger.pem"));
    Path sums = directory.resolve("SHA256SUMS");
    policy("require");
    assertThatThrownBy(() -> checked(Optional.empty())).hasMessageContaining("is not signed");

    sign("stranger", sums);
    assertThatThrownBy(() -> checked(Optional.empty())).hasMessageContaining("by anybody trusted");

    sign("signer", sums);
    assertThat(checked(Optional.empty())).isNotNull();

    sums("0".repeat(64));
    policy("warn");
    assertThatThrownBy(() -> checked(Optional.empty())).hasMessageContaining("by anybody trusted");
  }

  private void policy(String policy) throws Exception {
    Files.writeString(
        data.resolve("config/org.peerworks.deploy.cfg"), "signatures = " + policy + "\n");
  }

  private void certificate(String name, Path file) throws Exception {
    programs.require(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-subj",
        "/CN=" + name,
        "-days",
        "10",
        "-keyout",
        directory.resolve(name + ".key").toString(),
        "-out",
        file.toString());
  }

  private void sign(String name, Path file) throws Exception {
    programs.require(
        "openssl",
        "dgst",
        "-sha256",
        "-sign",
        directory.resolve(name + ".key").toString(),
        "-out",
        file + ".sig",
        file.toString());
  }
}
