package org.peerworks.worker;

import java.net.URI;
import org.peerworks.signaling.api.ServerAddress;

/** The configured signalling server. */
final class Server {

  private Server() {}

  /**
   * @throws IllegalArgumentException naming the key that is wrong
   */
  static ServerAddress of(WorkerRoom.Config config) {
    return new ServerAddress(
        uri("serverWebSocket", config.serverWebSocket(), "ws"),
        uri("serverHttp", config.serverHttp(), "http"));
  }

  private static URI uri(String key, String value, String scheme) {
    URI uri;
    try {
      uri = URI.create(value.strip());
    } catch (IllegalArgumentException e) {
      throw wrong(key, value, scheme, e);
    }
    if (uri.getHost() == null
        || !(scheme.equals(uri.getScheme()) || (scheme + "s").equals(uri.getScheme()))) {
      throw wrong(key, value, scheme, null);
    }
    return uri;
  }

  private static IllegalArgumentException wrong(
      String key, String value, String scheme, Exception cause) {
    return new IllegalArgumentException(
        "'"
            + key
            + "' in org.peerworks.worker.cfg is '"
            + value
            + "'; write for example '"
            + scheme
            + "://host:port'.",
        cause);
  }
}
