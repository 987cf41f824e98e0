package org.peerworks.transport.direct;

import java.net.URI;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peerworks.signaling.api.Room;

/** Names the places where peers are met: transport, server, room and id, each part escaped. */
final class Places {

  private Places() {}

  static String of(Room room, String peerId) {
    return Stream.of(
            DirectTransport.TRANSPORT,
            server(room.server().webSocket()),
            room.session().roomId(),
            peerId)
        .map(part -> part.replace("%", "%25").replace("/", "%2F"))
        .collect(Collectors.joining("/"));
  }

  /** Without what can be spelled in several ways, and means the same. */
  private static String server(URI address) {
    boolean secure = "wss".equalsIgnoreCase(address.getScheme());
    String host = address.getHost() == null ? address.toString() : address.getHost();
    int port = address.getPort() < 0 ? (secure ? 443 : 80) : address.getPort();
    return host.toLowerCase(Locale.ROOT) + ":" + port;
  }
}
