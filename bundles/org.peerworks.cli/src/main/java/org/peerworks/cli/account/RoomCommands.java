package org.peerworks.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.RoomInvocation;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Table;
import org.peerworks.lib.account.Credentials;
import org.peerworks.lib.account.Credentials.User;

/** Looks after the rooms of the account. */
public final class RoomCommands {

  private static final String ROOMS = "/api/auth/rooms";
  private static final int SECRET_BYTES = 32;

  private final Console console;

  public RoomCommands(Console console) {
    this.console = console;
  }

  /**
   * Runs a command.
   *
   * @return exit status
   */
  public int run(RoomInvocation invocation) throws IOException, InterruptedException {
    Desk desk = new Desk(invocation.context(), console);
    if (invocation instanceof RoomInvocation.List list) {
      return list(desk, list);
    } else if (invocation instanceof RoomInvocation.Create create) {
      return create(desk, create);
    } else if (invocation instanceof RoomInvocation.Info info) {
      return new RoomPage(console).show(desk.calls(), RoomId.checked(info.id()));
    } else if (invocation instanceof RoomInvocation.Delete delete) {
      return delete(desk, delete);
    } else if (invocation instanceof RoomInvocation.Invite invite) {
      return invite(desk, invite);
    } else if (invocation instanceof RoomInvocation.Join join) {
      return join(desk, join);
    } else if (invocation instanceof RoomInvocation.SetDefault chosen) {
      return setDefault(desk, RoomId.checked(chosen.id()));
    }
    return createSecret(desk, (RoomInvocation.CreateSecret) invocation);
  }

  private int list(Desk desk, RoomInvocation.List list) throws IOException, InterruptedException {
    List<JsonNode> rooms = new ArrayList<>(Answers.rows(desk.calls().get(ROOMS), "rooms"));
    rooms.removeIf(room -> !wanted(room, list));
    rooms.sort(order(list));
    Optional<String> usual = desk.store().read().defaultRoom();
    if (console.json()) {
      console.emit(Map.of("rooms", rooms.stream().map(Masked::json).toList()));
      return ExitStatus.SUCCESS;
    }
    Table table = new Table("ROOM", "NAME", "ROLE", "CREATED", "EXPIRES");
    for (JsonNode room : rooms) {
      String id = id(room);
      table.row(
          usual.isPresent() && usual.get().equals(id) ? id + " *" : id,
          Answers.text(room, "name"),
          role(room),
          Times.shown(room.path("created_at"), ""),
          Times.shown(room.path("expires_at"), "never"));
    }
    if (table.isEmpty()) {
      console.say("No rooms. Make one with 'room create', or join one with 'room join'.");
    } else {
      table.lines().forEach(console::say);
    }
    return ExitStatus.SUCCESS;
  }

  private static boolean wanted(JsonNode room, RoomInvocation.List list) {
    boolean owned = role(room).equals("owner");
    String text = (id(room) + " " + Answers.text(room, "name")).toLowerCase(Locale.ROOT);
    return switch (list.filter()) {
          case all -> true;
          case owned -> owned;
          case member -> !owned;
        }
        && list.search().map(part -> text.contains(part.toLowerCase(Locale.ROOT))).orElse(true);
  }

  private static Comparator<JsonNode> order(RoomInvocation.List list) {
    Comparator<JsonNode> order =
        switch (list.sort()) {
          case name ->
              Comparator.comparing(room -> Answers.text(room, "name").toLowerCase(Locale.ROOT));
          case created ->
              Comparator.comparing(room -> Times.of(room.path("created_at")).orElse(Instant.MIN));
          case expires ->
              Comparator.comparing(room -> Times.of(room.path("expires_at")).orElse(Instant.MAX));
          case role -> Comparator.comparing(RoomCommands::role).reversed();
        };
    order = order.thenComparing(RoomCommands::id);
    return list.reverse() ? order.reversed() : order;
  }

  private static String id(JsonNode room) {
    return Answers.text(room, "room_id", "id");
  }

  private static String role(JsonNode room) {
    return Answers.text(room, "role");
  }

  private int create(Desk desk, RoomInvocation.Create create)
      throws IOException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "name", create.name().orElse(desk.store().read().user().map(User::name).orElse("room")));
    body.put("expires_in_days", create.days().isPresent() ? create.days().getAsInt() : null);
    JsonNode room = desk.calls().post(ROOMS, body);
    String id = Answers.needed(room, "the room's id", "room_id", "id");
    console.say(
        "Made room "
            + id
            + " '"
            + Answers.text(room, "name")
            + "', which "
            + (Times.of(room.path("expires_at")).isEmpty()
                ? "stays."
                : "expires at " + Times.shown(room.path("expires_at"), "") + "."));
    if (create.reveal()) {
      console.say("Token: " + Answers.text(room, "room_token", "token"));
    }
    console.say(
        "Let a worker in with 'token create --room "
            + id
            + " --name NAME', people with 'room invite "
            + id
            + "'.");
    if (console.json()) {
      console.emit(Map.of("room", create.reveal() ? room : Masked.json(room)));
    }
    return ExitStatus.SUCCESS;
  }

  private int delete(Desk desk, RoomInvocation.Delete delete)
      throws IOException, InterruptedException {
    String id = RoomId.checked(delete.id());
    ServerCalls calls = desk.calls();
    desk.confirm(
        delete.force(),
        "Delete room " + id + "? Who is in it is put out, and its tokens become useless.");
    calls.delete(ROOMS + "/" + id);
    desk.store().update(credentials -> forgotten(credentials, id));
    console.say("Deleted room " + id + ".");
    console.emit(Map.of("deleted", id));
    return ExitStatus.SUCCESS;
  }

  private static Credentials forgotten(Credentials credentials, String id) {
    Credentials fewer = credentials.withoutToken(id);
    return fewer.defaultRoom().filter(id::equals).isPresent() ? fewer.withoutDefaultRoom() : fewer;
  }

  private int invite(Desk desk, RoomInvocation.Invite invite)
      throws IOException, InterruptedException {
    String id = RoomId.checked(invite.id());
    JsonNode answer = desk.calls().post(ROOMS + "/" + id + "/invite", Map.of());
    String code = Answers.needed(answer, "the code", "invite_code", "code");
    long minutes = answer.path("expires_in_seconds").asLong(3600) / 60;
    console.say("Code: " + code);
    console.say(
        "Good for "
            + minutes
            + " minutes. Somebody who is signed in becomes a member with 'room join --code "
            + code
            + "'.");
    if (console.json()) {
      console.emit(Map.of("room", id, "code", code, "minutes", minutes));
    }
    return ExitStatus.SUCCESS;
  }

  private int join(Desk desk, RoomInvocation.Join join) throws IOException, InterruptedException {
    ServerCalls calls = desk.calls();
    String code =
        desk.secret(join.code(), "", "Which code? 'room invite' prints one.")
            .toUpperCase(Locale.ROOT);
    if (!code.matches("[A-Z0-9-]{4,64}")) {
      throw CommandFailure.usage("That is no code of an invitation: letters and digits only.");
    }
    JsonNode room = calls.post(ROOMS + "/join", Map.of("invite_code", code));
    String id = Answers.needed(room, "the room's id", "room_id", "id");
    String name = Answers.text(room, "name", "room_name");
    console.say("You are a member of room " + id + (name.isEmpty() ? "." : " '" + name + "'."));
    if (console.json()) {
      console.emit(Map.of("room", Masked.json(room)));
    }
    return ExitStatus.SUCCESS;
  }

  private int setDefault(Desk desk, String id) throws IOException {
    desk.store().update(credentials -> credentials.withDefaultRoom(id));
    console.say("Room " + id + " counts from now on where none is named.");
    console.emit(Map.of("defaultRoom", id));
    return ExitStatus.SUCCESS;
  }

  private int createSecret(Desk desk, RoomInvocation.CreateSecret create) throws IOException {
    String id = RoomId.checked(create.id());
    if (create.save() && desk.store().read().roomSecrets().containsKey(id)) {
      desk.confirm(create.force(), "Room " + id + " has a secret here already. Replace it?");
    }
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    if (create.save()) {
      desk.store().update(credentials -> credentials.withRoomSecret(id, secret));
      console.say("The secret of room " + id + " is in '" + desk.store().file() + "'.");
    }
    if (create.reveal()) {
      console.say("Secret: " + secret);
    }
    console.say(
        "Workers and clients elsewhere need it too: put it into ~/.sleap-rtc/room-secrets/"
            + id
            + ", or SLEAP_ROOM_SECRET.");
    if (console.json()) {
      console.emit(create.reveal() ? Map.of("room", id, "secret", secret) : Map.of("room", id));
    }
    return ExitStatus.SUCCESS;
  }
}
