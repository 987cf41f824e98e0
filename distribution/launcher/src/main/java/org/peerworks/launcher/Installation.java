package org.peerworks.launcher;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where Peerworks is installed; never written to.
 *
 * @param home absolute
 */
public record Installation(Path home) {

  /**
   * @throws LaunchException if the directory does not hold an installation
   */
  public static Installation at(Path home) throws LaunchException {
    Installation installation = new Installation(home.toAbsolutePath().normalize());
    if (!Files.isDirectory(installation.features())) {
      throw new LaunchException(
          ExitStatus.INSTALLATION,
          "No installation at '"
              + installation.home
              + "': it has no 'features' directory. Unpack the archive again, or set PEERWORKS_HOME.");
    }
    return installation;
  }

  public Path features() {
    return home.resolve("features");
  }

  public Path bundles() {
    return home.resolve("bundles");
  }

  public Path config() {
    return home.resolve("config");
  }
}
