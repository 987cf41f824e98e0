package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.PortAllocatorConfig;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.OptionalInt;
import org.peerworks.transport.api.TransportException;

/**
 * How one connection uses this machine's network.
 *
 * <p>WebRTC never offers the loopback interface. On a machine that has no other, the connection is
 * bound to a port chosen here and 127.0.0.1 is offered for it, so that peers on the same machine
 * still meet.
 *
 * @param ports for the native library
 * @param loopbackPort the port to offer on 127.0.0.1, if any
 */
record LocalNetwork(PortAllocatorConfig ports, OptionalInt loopbackPort) {

  static LocalNetwork of(int minPort, int maxPort) {
    int flags = PortAllocatorConfig.PORTALLOCATOR_DISABLE_TCP;
    if (reachesOthers()) {
      return new LocalNetwork(
          new PortAllocatorConfig(minPort, maxPort, flags), OptionalInt.empty());
    }
    return loopback(minPort, maxPort);
  }

  static LocalNetwork loopback(int minPort, int maxPort) {
    int port = free(minPort, maxPort);
    int flags =
        PortAllocatorConfig.PORTALLOCATOR_DISABLE_TCP
            | PortAllocatorConfig.PORTALLOCATOR_DISABLE_ADAPTER_ENUMERATION
            | PortAllocatorConfig.PORTALLOCATOR_DISABLE_DEFAULT_LOCAL_CANDIDATE;
    return new LocalNetwork(new PortAllocatorConfig(port, port, flags), OptionalInt.of(port));
  }

  private static boolean reachesOthers() {
    try {
      for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (one.isUp() && !one.isLoopback() && one.inetAddresses().findAny().isPresent()) {
          return true;
        }
      }
      return false;
    } catch (SocketException e) {
      throw new TransportException("The network interfaces could not be listed: " + e, e);
    }
  }

  private static int free(int minPort, int maxPort) {
    int from = minPort == 0 ? 0 : minPort;
    int to = minPort == 0 ? 0 : maxPort;
    for (int port = from; port <= to; port++) {
      try (DatagramSocket socket =
          new DatagramSocket(port, InetAddress.getByAddress(new byte[4]))) {
        return socket.getLocalPort();
      } catch (java.io.IOException e) {
        if (port == to) {
          throw new TransportException(
              "No UDP port is free between 'minPort' and 'maxPort' of 'org.peerworks.transport.webrtc.cfg'.",
              e);
        }
      }
    }
    throw new IllegalStateException("'minPort' is above 'maxPort'");
  }

  /** Whether there are ports for a second set of candidates beside the first. */
  boolean restarts() {
    return loopbackPort.isEmpty();
  }

  /** Adds what the native library does not offer. */
  Sdp offered(Sdp local) {
    if (loopbackPort.isEmpty()) {
      return local;
    }
    return new Sdp(
        local.text()
            + "a=candidate:1 1 udp 2113937151 127.0.0.1 "
            + loopbackPort.getAsInt()
            + " typ host generation 0\r\n");
  }
}
