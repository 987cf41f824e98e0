package org.peerworks.cli.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerworks.cli.CommandFailure;
import org.peerworks.lib.files.FileTrees;
import org.peerworks.lib.files.Hashes;

/** The archive of a version: what it must be is checked before anything of it is used. */
final class NewArchive {

  private static final String SUMS = "SHA256SUMS";
  private static final Pattern VERSION = Pattern.compile("\\S+ ([0-9A-Za-z][0-9A-Za-z.+-]{0,60})");

  private final Path file;
  private final String sha256;

  private NewArchive(Path file, String sha256) {
    this.file = file;
    this.sha256 = sha256;
  }

  /**
   * Checks an archive against its SHA-256, and the file with that one against the signature beside
   * it.
   *
   * @param told the SHA-256; empty for what is in {@code SHA256SUMS} beside it
   * @throws CommandFailure if it is not what it should be, or nothing says what that is
   */
  static NewArchive checked(Path file, Optional<String> told, Signatures signatures)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.usage("There is no archive '" + file + "'.");
    }
    String expected = told.isPresent() ? told.get().toLowerCase(Locale.ROOT) : sum(file);
    if (told.isEmpty()) {
      signatures.check(file.resolveSibling(SUMS));
    }
    String found = Hashes.sha256(file);
    if (!found.equals(expected)) {
      throw CommandFailure.usage(
          "'"
              + file
              + "' is not what it should be: its SHA-256 is "
              + found
              + ", expected "
              + expected
              + ". Get it again.");
    }
    return new NewArchive(file, found);
  }

  private static String sum(Path file) throws IOException {
    Path sums = file.resolveSibling(SUMS);
    String name = file.getFileName().toString();
    if (Files.isRegularFile(sums) && Files.size(sums) < 1 << 20) {
      for (String line : Files.readAllLines(sums)) {
        if (line.matches("[0-9a-f]{64} [ *]" + Pattern.quote(name))) {
          return line.substring(0, 64);
        }
      }
    }
    throw CommandFailure.usage(
        "Nothing says what '"
            + file
            + "' must be: no line for it in '"
            + sums
            + "'. Put the SHA256SUMS of the release beside it, or give --sha256.");
  }

  /**
   * Unpacks it, beside the other versions.
   *
   * @return the name of the version
   * @throws CommandFailure if it is no archive of a worker, or does not run here
   */
  String unpack(Versions versions, Programs programs) throws IOException, InterruptedException {
    Path prepared = versions.prepare();
    try {
      return unpack(prepared, versions, programs);
    } finally {
      FileTrees.delete(prepared);
    }
  }

  private String unpack(Path prepared, Versions versions, Programs programs)
      throws IOException, InterruptedException {
    programs.require(
        "tar",
        "-xzf",
        file.toString(),
        "-C",
        prepared.toString(),
        "--strip-components=1",
        "--no-same-owner");
    if (!Files.exists(prepared.resolve("features/worker.json"))
        || !Files.isRegularFile(prepared.resolve("bin/peerworks"))) {
      throw CommandFailure.usage(
          "'" + file + "' is no archive of a Peerworks worker: 'bin/peerworks' is missing in it.");
    }
    Installer.settle(programs, prepared);
    String version = version(prepared, programs);
    // Two builds of one version are two versions here.
    String name =
        Files.exists(versions.directory(version))
            ? version + "." + sha256.substring(0, 8)
            : version;
    if (Files.exists(versions.directory(name))) {
      throw CommandFailure.usage(
          "Version " + name + " is installed already. 'rollback' goes back to the one before.");
    }
    versions.add(prepared, name);
    return name;
  }

  /** What it says itself, which also shows that it runs at all. */
  private String version(Path prepared, Programs programs)
      throws IOException, InterruptedException {
    Programs.Ended told = programs.run(prepared.resolve("bin/peerworks").toString(), "--version");
    Matcher matcher = VERSION.matcher(told.output());
    if (!told.well() || !matcher.matches()) {
      throw CommandFailure.usage(
          "The version in '" + file + "' does not run on this machine: " + told.output());
    }
    return matcher.group(1);
  }
}
