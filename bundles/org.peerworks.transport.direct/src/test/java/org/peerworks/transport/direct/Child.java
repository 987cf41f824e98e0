package org.peerworks.transport.direct;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process, which is told and tells things line by line. */
final class Child implements AutoCloseable {

  private final Process process;
  private final BufferedReader in;
  private final PrintStream out;

  Child(String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    in = process.inputReader(StandardCharsets.UTF_8);
    out = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  synchronized void tell(String line) {
    out.println(line);
  }

  /** The rest of the next line that begins with a word. */
  String hear(String word) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith(word + " ")) {
        return line.substring(word.length() + 1);
      }
    }
    throw new IOException("The process ended without a line '" + word + "'.");
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
