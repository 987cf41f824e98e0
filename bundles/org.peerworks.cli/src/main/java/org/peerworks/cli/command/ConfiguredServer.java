package org.peerworks.cli.command;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.peerworks.lib.account.Places;
import org.peerworks.lib.account.Setting;
import org.peerworks.lib.account.SleapSettings;

/** The server that sleap-rtc's configuration file names. */
final class ConfiguredServer {

  private ConfiguredServer() {}

  /**
   * @throws UsageException naming file, line and key if something is wrong there
   */
  static Optional<Server> read(Places places) {
    SleapSettings settings;
    try {
      settings = SleapSettings.read(places);
    } catch (IOException e) {
      throw new UsageException(e.getMessage());
    }
    if (settings.webSocket().isEmpty() && settings.http().isEmpty()) {
      return Optional.empty();
    }
    Server base =
        settings.webSocket().map(setting -> read(setting, Server::of)).orElse(Server.LOCAL);
    return Optional.of(
        new Server(
            base.webSocket(),
            settings.http().map(setting -> read(setting, Server::http)).orElse(base.http())));
  }

  private static <T> T read(Setting setting, Function<String, T> reader) {
    try {
      return reader.apply(setting.value());
    } catch (IllegalArgumentException e) {
      throw new UsageException("Invalid value in " + setting.where() + ": " + e.getMessage());
    }
  }
}
