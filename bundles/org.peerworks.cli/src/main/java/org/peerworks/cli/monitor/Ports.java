package org.peerworks.cli.monitor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.peerworks.cli.CommandFailure;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Sockets on loopback ports of this machine. SLEAP's monitor has its ports open before a training
 * begins, so we go there; where nobody is yet, the port is ours and a monitor may come.
 */
final class Ports {

  private static final int PATIENCE_MILLIS = 1000;

  /**
   * JeroMQ 0.6.0 now and then forgets to read from a connection that it has just made, where it is
   * told something else at that moment: then it has to try again, and not only after 30 seconds.
   */
  private static final int HANDSHAKE_MILLIS = 2000;

  /** First byte of every greeting (ZMTP 3.0 §2.2). */
  private static final int GREETING = 0xff;

  private Ports() {}

  /**
   * @param what the port is for, for people
   * @throws CommandFailure if another program has the port
   */
  static ZMQ.Socket open(ZContext context, SocketType type, int port, String what) {
    ZMQ.Socket socket = context.createSocket(type);
    String address = "tcp://127.0.0.1:" + port;
    try {
      if (isMonitor(port, what)) {
        socket.setHandshakeIvl(HANDSHAKE_MILLIS);
        socket.connect(address);
      } else {
        socket.bind(address);
      }
      return socket;
    } catch (ZMQException e) {
      throw CommandFailure.usage(taken(port, what) + " (" + e.getMessage() + ")", e);
    }
  }

  /** Whether a program is there that greets as ZeroMQ does. */
  private static boolean isMonitor(int port, String what) {
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      probe.setSoTimeout(PATIENCE_MILLIS);
      if (probe.getInputStream().read() == GREETING) {
        return true;
      }
    } catch (ConnectException e) {
      return false;
    } catch (SocketTimeoutException e) {
      throw CommandFailure.usage(taken(port, what), e);
    } catch (IOException e) {
      throw CommandFailure.usage(taken(port, what) + " (" + e.getMessage() + ")", e);
    }
    throw CommandFailure.usage(taken(port, what));
  }

  private static String taken(int port, String what) {
    return "Port "
        + port
        + " of this machine, "
        + what
        + ", belongs to a program that is no monitor of SLEAP. Choose another.";
  }
}
