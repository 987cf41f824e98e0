package org.peerworks.cli.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.peerworks.cli.CommandFailure;

/** Checks of local files before anything is sent. */
public final class LocalFiles {

  private static final long MOST_CONFIG_BYTES = 1 << 20;
  private static final byte[] ZIP = {'P', 'K'};
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};

  private LocalFiles() {}

  public static boolean hasEnding(Path file, String... endings) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(endings).anyMatch(name::endsWith);
  }

  /** A file that can be read. */
  public static void requireFile(Path file, String what) {
    if (Files.isDirectory(file)) {
      throw CommandFailure.usage("'" + file + "' is a folder. " + what + " is wanted.");
    }
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.usage("There is no file '" + file + "'. " + what + " is wanted.");
    }
    if (!Files.isReadable(file)) {
      throw CommandFailure.usage("'" + file + "' may not be read by this user.");
    }
  }

  public static void requireZip(Path file) throws IOException {
    if (!startsWith(file, ZIP)) {
      throw CommandFailure.usage(
          "'" + file + "' is no zip archive, or is damaged. Export the training package again.");
    }
  }

  public static void requireSlp(Path file) throws IOException {
    if (!startsWith(file, HDF5)) {
      throw CommandFailure.usage(
          "'" + file + "' is no SLEAP file, or is damaged. Save it again in SLEAP.");
    }
  }

  /** That a file can be a training configuration. */
  public static void requireConfig(Path config) throws IOException {
    requireFile(config, "A training configuration (.yaml)");
    if (!hasEnding(config, ".yaml", ".yml")) {
      throw CommandFailure.usage("'" + config + "' does not end in .yaml or .yml.");
    }
    if (Files.size(config) > MOST_CONFIG_BYTES) {
      throw CommandFailure.usage(
          "'" + config + "' is larger than 1 MiB; that is no configuration.");
    }
  }

  private static boolean startsWith(Path file, byte[] signature) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(signature.length), signature);
    }
  }
}
