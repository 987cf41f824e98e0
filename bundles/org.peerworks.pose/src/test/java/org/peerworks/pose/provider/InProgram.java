package org.peerworks.pose.provider;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs another main class exactly as the program is run: {@code JAR DIRECTORY CLASSES MAIN …}. */
public final class InProgram {

  private InProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(Standalone.command(Path.of(arguments[0]), Path.of(arguments[1])));
    int classPath = command.indexOf("-cp") + 1;
    command.set(classPath, arguments[2] + ":" + command.get(classPath));
    command.remove(command.size() - 1);
    command.addAll(Arrays.asList(arguments).subList(3, arguments.length));
    System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
  }
}
