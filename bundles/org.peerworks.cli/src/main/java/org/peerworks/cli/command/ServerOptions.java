package org.peerworks.cli.command;

import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the signalling server is. An option goes before a variable, a variable before defaults. */
final class ServerOptions {

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      order = 20,
      converter = Address.class,
      description =
          "Signalling server: HOST:PORT, ws://HOST:PORT or wss://HOST."
              + " Default: SLEAP_RTC_SIGNALING_WS, else sleap-rtc's"
              + " configuration file (which never says where to listen), else ws://127.0.0.1:8080.")
  private String server;

  @Option(
      names = "--server-http",
      paramLabel = "ADDRESS",
      order = 21,
      converter = HttpAddress.class,
      description =
          "Its address for HTTP calls, where that is not port 8001 of the same host (https on the"
              + " same port for wss). Default: with --server, follows from it;"
              + " else SLEAP_RTC_SIGNALING_HTTP.")
  private URI http;

  /**
   * The server that an option, a variable or the configuration file names. For those who call it.
   *
   * @throws UsageException if the file is damaged
   */
  Optional<Server> chosen(Surroundings surroundings) {
    Optional<Server> told = told(surroundings);
    boolean whole = server != null || surroundings.variable("SLEAP_RTC_SIGNALING_WS").isPresent();
    if (whole) {
      return told;
    }
    Optional<Server> configured = ConfiguredServer.read(surroundings.places());
    return configured.isPresent() && told.isPresent()
        ? Optional.of(new Server(configured.get().webSocket(), told.get().http()))
        : told.or(() -> configured);
  }

  /** The server that an option or a variable names. For those who listen there. */
  Optional<Server> told(Surroundings surroundings) {
    if (server != null) {
      Server derived = Server.of(server);
      return Optional.of(http == null ? derived : new Server(derived.webSocket(), http));
    }
    Optional<String> webSocket = surroundings.variable("SLEAP_RTC_SIGNALING_WS");
    Optional<URI> calls =
        http == null
            ? surroundings
                .variable("SLEAP_RTC_SIGNALING_HTTP")
                .map(address -> named("SLEAP_RTC_SIGNALING_HTTP", address, Server::http))
            : Optional.of(http);
    if (webSocket.isEmpty() && calls.isEmpty()) {
      return Optional.empty();
    }
    Server base =
        webSocket
            .map(address -> named("SLEAP_RTC_SIGNALING_WS", address, Server::of))
            .orElse(Server.LOCAL);
    return Optional.of(new Server(base.webSocket(), calls.orElse(base.http())));
  }

  private static <T> T named(
      String variable, String address, java.util.function.Function<String, T> read) {
    try {
      return read.apply(address);
    } catch (IllegalArgumentException e) {
      throw new UsageException("Invalid value of " + variable + ": " + e.getMessage());
    }
  }

  static final class Address implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      try {
        Server.of(value);
        return value;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  static final class HttpAddress implements ITypeConverter<URI> {
    @Override
    public URI convert(String value) {
      try {
        return Server.http(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
