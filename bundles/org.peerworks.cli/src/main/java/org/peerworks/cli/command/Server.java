package org.peerworks.cli.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a signalling server is.
 *
 * @param webSocket {@code ws} or {@code wss} address
 * @param http {@code http} or {@code https} address
 */
public record Server(URI webSocket, URI http) {

  static final int WEB_SOCKET_PORT = 8080;
  static final int HTTP_PORT = 8001;

  /** On this machine, on the default ports. */
  public static final Server LOCAL =
      new Server(URI.create("ws://127.0.0.1:8080"), URI.create("http://127.0.0.1:8001"));

  /**
   * A server by its WebSocket address; the address for calls follows from it: {@code https} on the
   * same host and port for {@code wss}, port 8001 for {@code ws}.
   *
   * @param address {@code ws[s]://host[:port]}, {@code host:port} or {@code host}
   * @throws IllegalArgumentException with a message for people
   */
  static Server of(String address) {
    URI webSocket = webSocket(address);
    boolean secure = webSocket.getScheme().equals("wss");
    int port = secure ? webSocket.getPort() : HTTP_PORT;
    return new Server(
        webSocket, uri(secure ? "https" : "http", webSocket.getHost(), port, webSocket.getPath()));
  }

  static URI webSocket(String address) {
    if (address.contains("://")) {
      return check(address, "ws", "wss");
    }
    URI bare = check("ws://" + address, "ws", "wss");
    return bare.getPort() >= 0 ? bare : uri("ws", bare.getHost(), WEB_SOCKET_PORT, bare.getPath());
  }

  /**
   * An address for calls; on this machine port 8001 is meant where none is given, as in sleap-rtc.
   */
  static URI http(String address) {
    URI uri = check(address.contains("://") ? address : "http://" + address, "http", "https");
    boolean here = uri.getHost().startsWith("localhost") || uri.getHost().startsWith("127.0.0.1");
    return here && uri.getPort() < 0
        ? uri(uri.getScheme(), uri.getHost(), HTTP_PORT, uri.getPath())
        : uri;
  }

  /** The address of a page. */
  public static URI page(String address) {
    return check(address, "http", "https");
  }

  private static URI check(String address, String plain, String secure) {
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(wanted(address, plain, secure), e);
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals(plain) || scheme.equals(secure))
        || uri.getHost() == null
        || uri.getPort() > 65535
        || uri.getUserInfo() != null
        || uri.getQuery() != null
        || uri.getFragment() != null) {
      throw new IllegalArgumentException(wanted(address, plain, secure));
    }
    return uri;
  }

  private static String wanted(String address, String plain, String secure) {
    return String.format(
        "'%s' is no address of a server. Give %s://HOST:PORT, %s://HOST:PORT or HOST:PORT.",
        address, plain, secure);
  }

  private static URI uri(String scheme, String host, int port, String path) {
    try {
      return new URI(scheme, null, host, port, path, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("'" + host + "' is no name of a host.", e);
    }
  }
}
