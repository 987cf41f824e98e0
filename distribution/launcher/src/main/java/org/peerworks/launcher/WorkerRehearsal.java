package org.peerworks.launcher;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A worker of no consequence, with its own server, room and data, that goes through a start. */
final class WorkerRehearsal implements ClassArchive.Rehearsal {

  /** Printed when the worker is in its room. */
  static final String MARKER = "Signalling server: ";

  private final Installation installation;

  WorkerRehearsal(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Process start(Path archive, Path data) throws IOException {
    List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:ArchiveClassesAtExit=" + archive);
    command.add("-Xlog:disable");
    command.add("-Djava.awt.headless=true");
    command.add("-Dpeerworks.home=" + installation.home());
    command.add("-D" + Main.REHEARSE + "=false");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.add("worker");
    command.add("--with-signal");
    command.add("--server=127.0.0.1:" + freePort());
    command.add("--server-http=127.0.0.1:" + freePort());
    command.add("--data-dir=" + data);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null"));
    builder.directory(Files.createDirectories(data).toFile());
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
