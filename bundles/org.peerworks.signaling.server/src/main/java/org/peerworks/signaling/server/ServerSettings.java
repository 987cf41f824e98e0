package org.peerworks.signaling.server;

import java.nio.file.Path;

/**
 * Where the server listens and keeps its rooms.
 *
 * @param host address to listen on
 * @param webSocketPort and {@code httpPort}: 0 for any free one; both answer everything
 * @param data directory with {@code keys/} and {@code store/}
 * @param version as {@code /health} tells it
 */
record ServerSettings(
    String host,
    int webSocketPort,
    int httpPort,
    Path data,
    String version,
    Limits limits,
    Pace pace) {}
