package org.peerworks.transport.direct;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Under which addresses this machine may be reached. */
final class Addresses {

  private static final Logger LOG = LoggerFactory.getLogger(Addresses.class);

  /** Most that one side tells the other. */
  static final int MOST = 16;

  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})|[0-9A-Fa-f:.]{2,45}");

  private Addresses() {}

  /** Whether it may be an IP address or the name of a host. */
  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * What to tell others.
   *
   * @param bound address that is listened on; any-local for all
   */
  static List<String> of(InetAddress bound) {
    if (!bound.isAnyLocalAddress()) {
      return List.of(bound.getHostAddress());
    }
    List<InetAddress> found = new ArrayList<>();
    try {
      for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (one.isUp() && !one.isLoopback()) {
          one.inetAddresses().filter(address -> !address.isLinkLocalAddress()).forEach(found::add);
        }
      }
    } catch (SocketException e) {
      LOG.warn("The network interfaces could not be listed", e);
    }
    if (found.isEmpty()) { // then only who is on this machine can come
      found.add(InetAddress.getLoopbackAddress());
    }
    return found.stream()
        .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
        .map(InetAddress::getHostAddress)
        .limit(MOST)
        .toList();
  }
}
