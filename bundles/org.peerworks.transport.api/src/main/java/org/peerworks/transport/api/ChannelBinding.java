package org.peerworks.transport.api;

/**
 * What ties a proof of identity to this very connection: the fingerprints of the certificates that
 * both sides used, so that a proof cannot be passed on by somebody in the middle.
 *
 * @param local algorithm, space, colon-separated upper-case hexadecimal digits, as in {@code
 *     a=fingerprint} (RFC 8122), of this side
 * @param remote the same of the other side
 */
public record ChannelBinding(String local, String remote) {}
