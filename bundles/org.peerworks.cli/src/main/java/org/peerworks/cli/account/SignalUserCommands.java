package org.peerworks.cli.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.SignalUserInvocation;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.PlainText;
import org.peerworks.cli.terminal.Table;

/**
 * Looks after the accounts of the signalling server that runs on a data directory of this machine.
 */
public final class SignalUserCommands {

  private static final String USERS = "/api/admin/users";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Console console;

  public SignalUserCommands(Console console) {
    this.console = console;
  }

  /**
   * Runs a command.
   *
   * @return exit status
   */
  public int run(SignalUserInvocation invocation) throws IOException, InterruptedException {
    ServerCalls calls = calls(invocation.data());
    String name = invocation.name().orElse("");
    switch (invocation.verb()) {
      case add -> tell("added", calls.post(USERS, Map.of("username", name)));
      case password -> tell("password", calls.post(path(name) + "/password", Map.of()));
      case remove -> {
        new Desk(invocation.context(), console)
            .confirm(invocation.force(), "Remove account '" + name + "' with its rooms and keys?");
        calls.delete(path(name));
        console.say("Removed account '" + name + "'.");
        console.event("removed", "name", name);
      }
      case list -> list(calls.get(USERS));
    }
    return ExitStatus.SUCCESS;
  }

  private static String path(String name) {
    return USERS + "/" + ServerCalls.segment(name);
  }

  private void tell(String event, JsonNode told) {
    String name = Answers.text(told, "username");
    String password = Answers.text(told, "password");
    console.say("Account: " + PlainText.of(name));
    console.say("Password, shown only now: " + PlainText.of(password));
    console.event(event, "name", name, "password", password);
  }

  private void list(JsonNode told) {
    if (console.json()) {
      console.emit(Map.of("users", told.path("users")));
      return;
    }
    Table table = new Table("NAME", "ID", "CREATED", "ROOMS", "KEYS");
    for (JsonNode user : told.path("users")) {
      table.row(
          Answers.text(user, "username"),
          Answers.text(user, "user_id"),
          Times.shown(user.path("created_at"), ""),
          user.path("rooms").asText(),
          user.path("keys").asText());
    }
    if (table.isEmpty()) {
      console.say("No accounts. Make one with 'signal user add NAME'.");
    } else {
      table.lines().forEach(console::say);
    }
  }

  /** What the running server has left for its administrator. */
  private static ServerCalls calls(Path data) throws IOException {
    Path file = data.resolve("keys/signaling-admin.json");
    try {
      JsonNode admin = new ObjectMapper().readTree(Files.readAllBytes(file));
      URI server = URI.create(Answers.text(admin, "http"));
      return new ServerCalls(
          server, Optional.of(Answers.text(admin, "key")).filter(Desk::harmless), PATIENCE);
    } catch (NoSuchFileException e) {
      throw CommandFailure.noConnection(
          "No signalling server runs on the data directory '"
              + data
              + "'. Start it with 'peerworks signal' or 'peerworks worker --with-signal', or say"
              + " where its data is with --data-dir.");
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw CommandFailure.failed(
          "The file '" + file + "' is damaged. Start the signalling server again.", e);
    }
  }
}
