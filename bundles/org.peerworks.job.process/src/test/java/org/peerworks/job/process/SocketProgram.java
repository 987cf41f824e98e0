package org.peerworks.job.process;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;

/** Listens on a Unix socket below TMPDIR, of a name as Python's multiprocessing makes them. */
final class SocketProgram {

  private SocketProgram() {}

  public static void main(String[] arguments) throws Exception {
    Path socket = Path.of(System.getenv("TMPDIR"), "pymp-0123456789abcdef-listener-0123456789");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      System.out.println("listens: " + socket.toFile().exists());
    }
  }
}
