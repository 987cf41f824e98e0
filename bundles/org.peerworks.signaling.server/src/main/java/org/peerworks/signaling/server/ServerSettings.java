package org.peerworks.signaling.server;

import java.nio.file.Path;

/**
 * Where the server listens and keeps its rooms.
 *
 * @param host address to listen on
 * @param webSocketPort and {@code httpPort}: 0 for any free one; both answer everything
 * @param data directory with {@code keys/} and {@code store/}
 * @param openTo who may come
 * @param version as {@code /health} tells it
 * @param proxies that stand in front
 */
record ServerSettings(
    String host,
    int webSocketPort,
    int httpPort,
    Path data,
    String version,
    Limits limits,
    Pace pace,
    OpenTo openTo,
    Proxies proxies) {

  /** With everybody let in, and no proxy. */
  ServerSettings(
      String host,
      int webSocketPort,
      int httpPort,
      Path data,
      String version,
      Limits limits,
      Pace pace) {
    this(
        host, webSocketPort, httpPort, data, version, limits, pace, OpenTo.EVERYBODY, Proxies.NONE);
  }

  /**
   * Who may come without the administrator.
   *
   * @param anonymous whether people may sign in and make rooms without an account
   * @param inviteAccounts whether an invite code is enough to make an account
   */
  record OpenTo(boolean anonymous, boolean inviteAccounts) {
    static final OpenTo EVERYBODY = new OpenTo(true, true);
  }
}
