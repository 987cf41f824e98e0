package org.peerworks.transport.direct;

import java.util.List;
import java.util.stream.Stream;

/** The checked configuration of the transport. */
record Settings(
    String bindAddress,
    int port,
    List<String> advertise,
    int advertisedPort,
    long answerMillis,
    long reachMillis,
    long handshakeMillis,
    long graceMillis,
    long receiveBufferBytes,
    int maxChannels,
    int maxPeers,
    int maxPending,
    int maxOffers,
    int maxStrangers) {

  private static final int MIB = 1 << 20;

  /**
   * @throws IllegalArgumentException if a value cannot be used; the message names it
   */
  static Settings of(DirectTransport.Config config) {
    int maxChannels = within("maxChannels", config.maxChannels(), 1, 1_000);
    int buffer = within("receiveBufferBytes", config.receiveBufferBytes(), MIB, 1024 * MIB);
    if (buffer < (long) Windows.LEAST * maxChannels) {
      throw new IllegalArgumentException(
          "'receiveBufferBytes' in 'org.peerworks.transport.direct.cfg' is "
              + buffer
              + ", but "
              + maxChannels
              + " channels ('maxChannels') need "
              + (long) Windows.LEAST * maxChannels
              + ".");
    }
    return new Settings(
        address("bindAddress", config.bindAddress()),
        within("port", config.port(), 0, 65_535),
        Stream.of(config.advertise())
            .filter(text -> !text.isBlank())
            .map(text -> address("advertise", text))
            .toList(),
        within("advertisedPort", config.advertisedPort(), 0, 65_535),
        1000L * within("answerTimeoutSeconds", config.answerTimeoutSeconds(), 1, 600),
        1000L * within("reachTimeoutSeconds", config.reachTimeoutSeconds(), 1, 600),
        1000L * within("handshakeTimeoutSeconds", config.handshakeTimeoutSeconds(), 1, 600),
        1000L * within("disconnectGraceSeconds", config.disconnectGraceSeconds(), 1, 600),
        buffer,
        maxChannels,
        within("maxPeers", config.maxPeers(), 1, 10_000),
        within("maxPending", config.maxPending(), 1, 1_000),
        within("maxOffers", config.maxOffers(), 1, 1_000),
        within("maxStrangers", config.maxStrangers(), 1, 10_000));
  }

  private static String address(String name, String text) {
    String address = text.strip();
    if (!address.isEmpty() && !Addresses.isOne(address)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' in 'org.peerworks.transport.direct.cfg' has '"
              + address
              + "'; an IP address or the name of a host, without a port, was expected.");
    }
    return address;
  }

  private static int within(String name, int value, int from, int to) {
    if (value < from || value > to) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' in 'org.peerworks.transport.direct.cfg' is "
              + value
              + "; a number from "
              + from
              + " to "
              + to
              + " was expected.");
    }
    return value;
  }
}
