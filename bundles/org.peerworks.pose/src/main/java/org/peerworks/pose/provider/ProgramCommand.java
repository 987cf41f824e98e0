package org.peerworks.pose.provider;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How the unpacked program is started in a JVM of its own. */
final class ProgramCommand {

  private static final String MAIN = "org.peerworks.pose.Main";

  private ProgramCommand() {}

  /**
   * The command that the program's arguments are appended to.
   *
   * @param properties system properties, each as {@code -Dname=value}
   */
  static List<String> of(Path program, List<String> properties) {
    String classPath =
        program.resolve("classes") + File.pathSeparator + program.resolve("lib") + "/*";
    List<String> command = new ArrayList<>();
    Collections.addAll(
        command,
        "/usr/bin/env",
        // Threads that wait for each other sleep: spinning takes minutes where others use the
        // cores.
        "OMP_WAIT_POLICY=PASSIVE",
        "TORCH_CPP_LOG_LEVEL=ERROR",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:MaxRAMPercentage=25",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-Dfile.encoding=UTF-8",
        "-Djava.awt.headless=true",
        "-Dslf4j.internal.verbosity=ERROR",
        "-Djava.library.path="
            + program.resolve("native/hdf5")
            + File.pathSeparator
            + program.resolve("native/video"),
        // Native libraries are taken from there, not unpacked into the user's home.
        "-Dorg.bytedeco.javacpp.pathsFirst=true",
        "-Dorg.bytedeco.javacpp.cacheLibraries=false",
        // Environment variables of the same name come first: another libtorch, say for a GPU, may
        // be used.
        "-DPYTORCH_LIBRARY_PATH=" + program.resolve("native/torch"));
    command.addAll(properties);
    Collections.addAll(command, "-cp", classPath, MAIN);
    return List.copyOf(command);
  }
}
