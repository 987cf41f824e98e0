package org.peerworks.pose.provider;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;

/**
 * Runs the built-in trainer without a worker: {@code java -jar org.peerworks.pose.jar sample …}.
 *
 * <p>Unpacks below the directory that the system property {@code peerworks.data} names, else below
 * the temporary directory.
 */
public final class Standalone {

  private Standalone() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, URISyntaxException {
    Path jar =
        Path.of(Standalone.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String data = System.getProperty("peerworks.data", defaultData());
    List<String> command = new ArrayList<>(command(jar, Path.of(data, "programs")));
    command.addAll(Arrays.asList(arguments));
    Process program = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(program::destroy, "pose-end"));
    System.exit(program.waitFor());
  }

  private static String defaultData() {
    String home = System.getenv("XDG_DATA_HOME");
    Path parent =
        home == null || home.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(home);
    return parent.resolve("peerworks").toString();
  }

  /** The command for the program that a bundle's jar holds. */
  static List<String> command(Path jar, Path directory) throws IOException {
    File file = jar.toFile();
    try (JarFile content = new JarFile(file)) {
      List<ProgramEntry> entries =
          Collections.list(content.entries()).stream()
              .filter(entry -> !entry.isDirectory())
              .map(entry -> new ProgramEntry(entry.getName(), () -> content.getInputStream(entry)))
              .toList();
      return ProgramCommand.of(
          new ProgramFiles(entries, directory).unpacked().toAbsolutePath(), List.of());
    }
  }
}
