package org.peerworks.cli.settings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ConfigInvocation.Init;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Server;
import org.peerworks.cli.terminal.Console;
import org.peerworks.lib.account.ConfigEditor;
import org.peerworks.lib.account.Places;
import org.peerworks.lib.account.SleapSettings;

/** Writes a new configuration file, with a server that answers. */
final class NewConfig {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String TEXT =
      """
      # sleap-rtc and Peerworks. A file ./sleap-rtc.toml goes before ~/.sleap-rtc/config.toml; they are never merged.

      [environments.%s]
      signaling_websocket = "%s"
      signaling_http = "%s"

      # What a worker on this machine shows to clients: 'config add-mount PATH LABEL'
      # [[worker.io.mounts]]
      # path = "/vast/data"
      # label = "vast"

      # How directories of this machine are called on workers: 'config add-path-mapping LOCAL WORKER'
      # [[path_mappings]]
      # local = "/Users/me/data"
      # worker = "/vast/data"
      """;

  private final Console console;

  NewConfig(Console console) {
    this.console = console;
  }

  int write(Init init) throws IOException, InterruptedException {
    Places places = init.context().places();
    Path file = init.global() ? places.homeConfig() : places.localConfig();
    if (Files.exists(file) && !init.force()) {
      throw CommandFailure.usage(
          "'" + file + "' is there already. Change it, or replace it with --force.");
    }
    Server server = init.context().server().orElseThrow();
    boolean answers = answers(server.http());
    if (!answers && !init.force()) {
      throw CommandFailure.noConnection(
          "No signalling server answers at "
              + server.http()
              + ", so nothing was written. Say where it is with --server, or write it all the same with --force.");
    }
    new ConfigEditor(file)
        .write(
            TEXT.formatted(SleapSettings.environment(places), server.webSocket(), server.http()));
    console.say(
        "Wrote '"
            + file
            + "' for the server "
            + server.webSocket()
            + (answers ? "." : ", which does not answer."));
    console.emit(
        Map.of(
            "file",
            file.toString(),
            "webSocket",
            server.webSocket().toString(),
            "http",
            server.http().toString(),
            "answers",
            answers));
    return ExitStatus.SUCCESS;
  }

  private static boolean answers(URI http) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    URI health = URI.create(http.toString().replaceAll("/+$", "") + "/health");
    try {
      return client
              .send(
                  HttpRequest.newBuilder(health).timeout(PATIENCE).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
