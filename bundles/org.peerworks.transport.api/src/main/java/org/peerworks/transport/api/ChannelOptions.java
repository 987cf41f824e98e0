package org.peerworks.transport.api;

/**
 * How a channel carries messages.
 *
 * @param ordered whether they arrive in the order in which they were sent
 * @param protocol sub-protocol name, may be empty
 */
public record ChannelOptions(boolean ordered, String protocol) {

  /** Ordered, reliable, no sub-protocol. */
  public static final ChannelOptions DEFAULT = new ChannelOptions(true, "");
}
