package org.peerworks.signaling.api;

import java.net.URI;

/**
 * Where a signalling server listens.
 *
 * @param webSocket {@code ws} or {@code wss} address for messages
 * @param http {@code http} or {@code https} address for calls
 */
public record ServerAddress(URI webSocket, URI http) {

  /** On this machine, on the default ports. */
  public static final ServerAddress LOCAL =
      new ServerAddress(URI.create("ws://127.0.0.1:8080"), URI.create("http://127.0.0.1:8001"));
}
