package org.peerworks.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker of no consequence, with its own server, room and data, that goes through a start. */
final class WorkerRehearsal implements ClassArchive.Rehearsal {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerRehearsal.class);

  /** Printed when the worker is in its room. */
  static final String MARKER = "Signalling server: ";

  /** What {@link Main#REHEARSE} is in a rehearsal itself. */
  static final String PART = "part";

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
    command.add("-D" + Main.REHEARSE + "=" + PART);
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
    unsupervised(builder.environment());
    builder.directory(Files.createDirectories(data).toFile());
    return builder.start();
  }

  /** What supervises the worker takes nothing that a rehearsal says for the worker's own word. */
  static void unsupervised(Map<String, String> environment) {
    environment.keySet().removeAll(List.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"));
  }

  /**
   * Lets this process end with the one that started it, however that ends: it holds the other end
   * of the standard input.
   */
  static void endWithStarter() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                LOG.debug("Nothing can be heard of the worker any more", e);
              }
              Runtime.getRuntime().halt(ExitStatus.INTERNAL);
            },
            "rehearsal-end");
    watch.setDaemon(true);
    watch.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
