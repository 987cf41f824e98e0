package org.peerworks.transport.direct;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Bytes over the JDK's own TLS 1.3 socket to another process, with nothing around it, for {@link
 * DirectBenchmark}.
 */
final class RawTransfer implements AutoCloseable {

  private final Child child;
  private final SSLSocket socket;
  private final byte[] piece;

  /**
   * @param suite of TLS
   * @param size of what is written and read at once
   */
  RawTransfer(String suite, int size) throws Exception {
    child = new Child(RawTransfer.class.getName(), Integer.toString(size));
    int port = Integer.parseInt(child.hear("port"));
    socket =
        (SSLSocket)
            context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setEnabledProtocols(new String[] {"TLSv1.3"});
    socket.setEnabledCipherSuites(new String[] {suite});
    socket.setTcpNoDelay(true);
    socket.startHandshake();
    piece = new byte[size];
  }

  /** Sends so many bytes until the other process has them all. */
  Spent send(long bytes) throws Exception {
    OutputStream out = socket.getOutputStream();
    Spent.Meter meter = new Spent.Meter(ProcessHandle.current(), child.handle());
    out.write(ByteBuffer.allocate(8).putLong(bytes).array());
    for (long left = bytes; left > 0; left -= piece.length) {
      out.write(piece, 0, (int) Math.min(piece.length, left));
    }
    out.flush();
    if (socket.getInputStream().read() < 0) {
      throw new java.io.EOFException("It has not arrived.");
    }
    return meter.read();
  }

  @Override
  public void close() throws IOException {
    child.close();
    socket.close();
  }

  private static SSLContext context() throws Exception {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(new KeyManager[] {Identity.create()}, new TrustManager[] {new Everybody()}, null);
    return context;
  }

  private static final class Everybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // Only the speed matters.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // Only the speed matters.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** The other process. */
  public static void main(String[] args) throws Exception {
    byte[] piece = new byte[Integer.parseInt(args[0])];
    try (SSLServerSocket server =
        (SSLServerSocket)
            context()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setNeedClientAuth(true);
      System.out.println("port " + server.getLocalPort());
      System.out.flush();
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        InputStream in = socket.getInputStream();
        for (byte[] head = in.readNBytes(8); head.length == 8; head = in.readNBytes(8)) {
          long left = ByteBuffer.wrap(head).getLong();
          while (left > 0) {
            left -= in.read(piece, 0, (int) Math.min(piece.length, left));
          }
          socket.getOutputStream().write(1);
        }
      }
    }
  }
}
