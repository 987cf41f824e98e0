package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceServer;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.signaling.api.IceServer;

/** The checked configuration of the transport. */
record Settings(
    List<IceServer> iceServers,
    long connectMillis,
    long gatherMillis,
    long graceMillis,
    long highWaterBytes,
    long receiveBufferBytes,
    long maxMessagesReceived,
    int maxChannels,
    int minPort,
    int maxPort,
    int maxPeers,
    int maxPending,
    int maxOffers) {

  private static final int MIB = 1 << 20;

  /**
   * @throws IllegalArgumentException if a value cannot be used; the message names it
   */
  static Settings of(WebRtcTransport.Config config) {
    List<String> urls = new ArrayList<>();
    for (String url : config.iceServers()) {
      if (!url.isBlank()) {
        urls.add(checkedUrl(url.strip()));
      }
    }
    int minPort = within("minPort", config.minPort(), 0, 65_535);
    int maxPort = within("maxPort", config.maxPort(), 0, 65_535);
    if (minPort > maxPort || (minPort == 0) != (maxPort == 0)) {
      throw new IllegalArgumentException(
          "'minPort' is "
              + minPort
              + " and 'maxPort' is "
              + maxPort
              + "; give a range, or 0 for both to use any free port.");
    }
    return new Settings(
        urls.isEmpty()
            ? List.of()
            : List.of(new IceServer(urls, config.username(), config.credential())),
        1000L * within("connectTimeoutSeconds", config.connectTimeoutSeconds(), 1, 600),
        1000L * within("gatherTimeoutSeconds", config.gatherTimeoutSeconds(), 1, 60),
        1000L * within("disconnectGraceSeconds", config.disconnectGraceSeconds(), 1, 600),
        // The native library drops what exceeds its queue of 16 MiB without a word.
        within("highWaterBytes", config.highWaterBytes(), 64 << 10, 8 * MIB),
        within("receiveBufferBytes", config.receiveBufferBytes(), MIB, 1024 * MIB),
        within("maxMessagesReceived", config.maxMessagesReceived(), 1, Integer.MAX_VALUE),
        within("maxChannels", config.maxChannels(), 1, 1_000),
        minPort,
        maxPort,
        within("maxPeers", config.maxPeers(), 1, 10_000),
        within("maxPending", config.maxPending(), 1, 1_000),
        within("maxOffers", config.maxOffers(), 1, 1_000));
  }

  private static String checkedUrl(String url) {
    if (!url.matches("(stuns?|turns?):[^\\s]{1,250}")) {
      throw new IllegalArgumentException(
          "'iceServers' has '"
              + url
              + "'; addresses such as 'stun:stun.example.org:3478' or 'turn:turn.example.org:3478?transport=udp' were expected.");
    }
    return url;
  }

  private static int within(String name, int value, int from, int to) {
    if (value < from || value > to) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' in 'org.peerworks.transport.webrtc.cfg' is "
              + value
              + "; a number from "
              + from
              + " to "
              + to
              + " was expected.");
    }
    return value;
  }

  /**
   * @param recommended by the room, beside those of the configuration
   */
  RTCConfiguration nativeConfiguration(List<IceServer> recommended, LocalNetwork network) {
    RTCConfiguration configuration = new RTCConfiguration();
    List<IceServer> all = new ArrayList<>(iceServers);
    all.addAll(recommended);
    for (IceServer server : all) {
      RTCIceServer converted = new RTCIceServer();
      converted.urls.addAll(server.urls());
      converted.username = server.username();
      converted.password = server.credential();
      configuration.iceServers.add(converted);
    }
    configuration.portAllocatorConfig = network.ports();
    return configuration;
  }
}
