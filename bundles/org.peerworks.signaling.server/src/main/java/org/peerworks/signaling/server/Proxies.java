package org.peerworks.signaling.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The TLS proxies in front of this server, whose word is taken for where a caller is ({@code
 * X-Forwarded-For}). Nobody else's is: anybody can send that header.
 */
final class Proxies {

  static final Proxies NONE = new Proxies(List.of());

  /** Digits, as no name of a host has them alone; so nothing is looked up. */
  private static final String LITERAL =
      "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

  private static final int MOST_HOPS = 32;

  private final List<Network> trusted;

  private record Network(byte[] address, int bits) {

    boolean holds(InetAddress other) {
      byte[] bytes = other.getAddress();
      if (bytes.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((bytes[bit / 8] & mask) != (address[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private Proxies(List<Network> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /**
   * @param text addresses or networks such as {@code 10.0.0.0/8}, separated by commas; {@code none}
   * @throws IllegalArgumentException if one cannot be read; names it
   */
  static Proxies of(String text) {
    List<Network> networks = new ArrayList<>();
    for (String part : text.strip().equals("none") ? new String[0] : text.split(",")) {
      if (!part.isBlank()) {
        networks.add(network(part.strip()));
      }
    }
    return new Proxies(networks);
  }

  private static Network network(String text) {
    String[] parts = text.split("/", 2);
    Optional<InetAddress> address = address(parts[0]);
    int most = address.map(is -> is.getAddress().length * 8).orElse(0);
    int bits =
        parts.length == 1 ? most : parts[1].matches("[0-9]{1,3}") ? Integer.parseInt(parts[1]) : -1;
    if (address.isEmpty() || bits < 1 || bits > most) {
      throw new IllegalArgumentException(
          "'trustedProxies' in 'org.peerworks.signaling.server.cfg' has '"
              + text
              + "'; addresses such as '127.0.0.1' or '10.0.0.0/8' were expected, or 'none'.");
    }
    return new Network(address.get().getAddress(), bits);
  }

  /**
   * Where a call comes from.
   *
   * @param remote the other end of the connection
   * @param forwarded values of {@code X-Forwarded-For}, in their order: each proxy adds the address
   *     that it saw at the end
   * @return the last one that is no proxy of ours
   */
  InetAddress caller(InetAddress remote, List<String> forwarded) {
    String[] hops = String.join(",", forwarded).split(",");
    InetAddress nearest = remote;
    for (int i = hops.length - 1; i >= Math.max(0, hops.length - MOST_HOPS); i--) {
      Optional<InetAddress> before =
          trusts(nearest) ? address(withoutPort(hops[i].strip())) : Optional.empty();
      if (before.isEmpty()) {
        return nearest;
      }
      nearest = before.get();
    }
    return nearest;
  }

  private boolean trusts(InetAddress address) {
    return trusted.stream().anyMatch(network -> network.holds(address));
  }

  private static String withoutPort(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 ? text : text.substring(1, end);
    }
    return text.indexOf(':') == text.lastIndexOf(':') ? text.split(":", 2)[0] : text;
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return text.length() <= 45 && text.matches(LITERAL)
          ? Optional.of(InetAddress.getByName(text))
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
