package org.peerworks.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.TokenInvocation;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Table;
import org.peerworks.lib.account.Credentials;
import org.peerworks.lib.account.Credentials.RoomToken;

/** Looks after the tokens that let workers into a room. */
public final class TokenCommands {

  private static final String TOKENS = "/api/auth/tokens";

  private final Console console;

  public TokenCommands(Console console) {
    this.console = console;
  }

  /**
   * Runs a command.
   *
   * @return exit status
   */
  public int run(TokenInvocation invocation) throws IOException, InterruptedException {
    Desk desk = new Desk(invocation.context(), console);
    if (invocation instanceof TokenInvocation.Create create) {
      return create(desk, create);
    } else if (invocation instanceof TokenInvocation.List list) {
      return list(desk, list);
    } else if (invocation instanceof TokenInvocation.Revoke revoke) {
      return revoke(desk, revoke);
    } else if (invocation instanceof TokenInvocation.Delete delete) {
      return delete(desk, delete);
    }
    return cleanUp(desk, (TokenInvocation.CleanUp) invocation);
  }

  private int create(Desk desk, TokenInvocation.Create create)
      throws IOException, InterruptedException {
    String room = RoomId.checked(create.room());
    JsonNode answer =
        desk.calls()
            .post(
                "/api/auth/token",
                Map.of(
                    "room_id",
                    room,
                    "worker_name",
                    create.name(),
                    "expires_in_days",
                    create.days()));
    String token =
        Answers.secret(answer, "the token", "slp_", "api_key", "token", "key", "token_id");
    console.say(
        "Made a token for worker '"
            + create.name()
            + "' in room "
            + room
            + ", which expires at "
            + Times.shown(answer.path("expires_at"), "a time that the server knows")
            + ".");
    if (create.save()) {
      desk.store()
          .update(credentials -> credentials.withToken(room, new RoomToken(token, create.name())));
      console.say("It is in '" + desk.store().file() + "'.");
    }
    if (create.reveal()) {
      console.say("Token: " + token);
      console.say("On the worker: SLEAP_RTC_API_KEY, or 'worker --key-file FILE'.");
    }
    if (console.json()) {
      console.emit(
          Map.of("token", create.reveal() ? answer : Masked.json(answer), "saved", create.save()));
    }
    return ExitStatus.SUCCESS;
  }

  private static List<JsonNode> tokens(Desk desk) throws IOException, InterruptedException {
    return Answers.rows(desk.calls().get(TOKENS), "tokens");
  }

  private int list(Desk desk, TokenInvocation.List list) throws IOException, InterruptedException {
    List<String> query = new ArrayList<>();
    list.room().map(RoomId::checked).ifPresent(room -> query.addAll(List.of("room_id", room)));
    if (list.active()) {
      query.addAll(List.of("active_only", "true"));
    }
    List<JsonNode> tokens =
        new ArrayList<>(
            Answers.rows(desk.calls().get(TOKENS, query.toArray(String[]::new)), "tokens"));
    tokens.removeIf(token -> list.active() && !state(token).equals("good"));
    tokens.removeIf(
        token ->
            list.room().isPresent() && !Answers.text(token, "room_id").equals(list.room().get()));
    tokens.sort(order(list));
    if (console.json()) {
      console.emit(Map.of("tokens", tokens.stream().map(Masked::json).toList()));
      return ExitStatus.SUCCESS;
    }
    Table table = new Table("TOKEN", "ROOM", "WORKER", "CREATED", "EXPIRES", "STATE");
    tokens.forEach(
        token ->
            table.row(
                Masked.id(id(token)),
                Answers.text(token, "room_id"),
                Answers.text(token, "worker_name", "name"),
                Times.shown(token.path("created_at"), ""),
                Times.shown(token.path("expires_at"), "never"),
                state(token)));
    if (table.isEmpty()) {
      console.say("No tokens. Make one with 'token create'.");
    } else {
      table.lines().forEach(console::say);
    }
    return ExitStatus.SUCCESS;
  }

  private static String id(JsonNode token) {
    return Answers.text(token, "token_id", "id");
  }

  private static String state(JsonNode token) {
    boolean revoked =
        token.path("revoked").asBoolean(false)
            || token.path("revoked_at").isValueNode()
                && !token.path("revoked_at").asText("").isEmpty()
                && !token.path("revoked_at").isNull();
    if (revoked) {
      return "revoked";
    }
    boolean expired =
        Times.of(token.path("expires_at")).map(time -> time.isBefore(Instant.now())).orElse(false);
    return expired ? "expired" : "good";
  }

  private static Comparator<JsonNode> order(TokenInvocation.List list) {
    Comparator<JsonNode> order =
        switch (list.sort()) {
          case name ->
              Comparator.comparing(
                  token -> Answers.text(token, "worker_name", "name").toLowerCase(Locale.ROOT));
          case created ->
              Comparator.comparing(token -> Times.of(token.path("created_at")).orElse(Instant.MIN));
          case expires ->
              Comparator.comparing(token -> Times.of(token.path("expires_at")).orElse(Instant.MAX));
          case room -> Comparator.comparing(token -> Answers.text(token, "room_id"));
        };
    order = order.thenComparing(TokenCommands::id);
    return list.reverse() ? order.reversed() : order;
  }

  private int revoke(Desk desk, TokenInvocation.Revoke revoke)
      throws IOException, InterruptedException {
    String id = Picked.id(tokens(desk), revoke.id(), "token", "token_id", "id");
    desk.confirm(revoke.force(), "Revoke token " + Masked.id(id) + "? Its worker is put out.");
    desk.calls().delete("/api/auth/token/" + ServerCalls.segment(id));
    forget(desk, id);
    console.say("Revoked token " + Masked.id(id) + ".");
    console.emit(Map.of("revoked", Masked.id(id)));
    return ExitStatus.SUCCESS;
  }

  private int delete(Desk desk, TokenInvocation.Delete delete)
      throws IOException, InterruptedException {
    String id = Picked.id(tokens(desk), delete.id(), "token", "token_id", "id");
    desk.confirm(delete.force(), "Delete token " + Masked.id(id) + "? Its worker is put out.");
    desk.calls().delete(TOKENS + "/" + ServerCalls.segment(id));
    forget(desk, id);
    console.say("Deleted token " + Masked.id(id) + ".");
    console.emit(Map.of("deleted", Masked.id(id)));
    return ExitStatus.SUCCESS;
  }

  /** A token that is good for nothing need not be kept. */
  private static void forget(Desk desk, String id) throws IOException {
    desk.store()
        .update(
            credentials -> {
              Credentials fewer = credentials;
              for (Map.Entry<String, RoomToken> token : credentials.tokens().entrySet()) {
                fewer =
                    token.getValue().apiKey().startsWith(id)
                        ? fewer.withoutToken(token.getKey())
                        : fewer;
              }
              return fewer;
            });
  }

  private int cleanUp(Desk desk, TokenInvocation.CleanUp cleanUp)
      throws IOException, InterruptedException {
    String where = cleanUp.room().map(room -> " of room " + RoomId.checked(room)).orElse("");
    desk.confirm(cleanUp.force(), "Delete all tokens" + where + " that are revoked or expired?");
    String[] query =
        cleanUp.room().map(room -> new String[] {"room_id", room}).orElse(new String[0]);
    int count = desk.calls().delete(TOKENS, query).path("deleted_count").asInt(0);
    console.say(count == 1 ? "Deleted 1 token." : "Deleted " + count + " tokens.");
    console.emit(Map.of("deletedCount", count));
    return ExitStatus.SUCCESS;
  }
}
