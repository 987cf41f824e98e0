package org.peerworks.signaling.server.basic;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** One {@link RateLimit} for each address; forgets the least recent of very many. Thread-safe. */
public final class AddressLimits {

  private static final int REMEMBERED = 20_000;
  private static final int NETWORK_BYTES = 8;

  private final double perMinute;
  private final LongSupplier nanoClock;
  private final Map<String, RateLimit> limits =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimit> eldest) {
          return size() > REMEMBERED;
        }
      };

  public AddressLimits(double perMinute, LongSupplier nanoClock) {
    this.perMinute = perMinute;
    this.nanoClock = nanoClock;
  }

  public synchronized boolean take(InetAddress address) {
    return limits
        .computeIfAbsent(key(address), any -> new RateLimit(perMinute / 60, perMinute, nanoClock))
        .take();
  }

  /** What was taken last for this address did not have to be counted. */
  public synchronized void giveBack(InetAddress address) {
    RateLimit limit = limits.get(key(address));
    if (limit != null) {
      limit.giveBack();
    }
  }

  /** One customer's IPv6 network has 64 bits to play with, so it counts as one address. */
  public static String key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
