package org.peerworks.doctor;

import java.net.URI;
import java.nio.file.Path;

/**
 * What is examined.
 *
 * @param home the installation
 * @param data the data directory; need not be there
 * @param webSocket signalling server for messages
 * @param http signalling server for calls
 * @param serverTold whether somebody named the server, so that it should be there
 */
public record Patient(Path home, Path data, URI webSocket, URI http, boolean serverTold) {}
