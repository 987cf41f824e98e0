package org.peerworks.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Table;

/** All about one room. */
final class RoomPage {

  private final Console console;

  RoomPage(Console console) {
    this.console = console;
  }

  int show(ServerCalls calls, String id) throws InterruptedException {
    JsonNode answer = calls.get("/api/auth/rooms/" + id);
    JsonNode room = answer.path("room").isObject() ? answer.path("room") : answer;
    // Not every server tells everybody these.
    List<JsonNode> members = optional(calls, "/api/auth/rooms/" + id + "/members", "members");
    List<JsonNode> workers = optional(calls, "/api/rooms/" + id + "/workers", "workers");
    if (console.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("room", Masked.json(room));
      document.put("members", members.stream().map(Masked::json).toList());
      document.put("workers", workers.stream().map(Masked::json).toList());
      console.emit(document);
      return ExitStatus.SUCCESS;
    }
    line("Room", id);
    line("Name", Answers.text(room, "name"));
    line("Role", Answers.text(room, "role"));
    line("Created", Times.shown(room.path("created_at"), ""));
    line("Expires", Times.shown(room.path("expires_at"), "never"));
    Table people = new Table("MEMBER", "NAME", "ROLE", "JOINED");
    members.forEach(
        member ->
            people.row(
                Answers.text(member, "user_id", "id"),
                Answers.text(member, "username", "name"),
                Answers.text(member, "role"),
                Times.shown(member.path("joined_at"), "")));
    table(people);
    Table machines = new Table("WORKER", "NAME", "CONNECTED");
    workers.forEach(
        worker ->
            machines.row(
                Answers.text(worker, "peer_id"),
                Answers.text(worker, "worker_name", "name"),
                Times.shown(worker.path("connected_at"), "")));
    table(machines);
    return ExitStatus.SUCCESS;
  }

  private static List<JsonNode> optional(ServerCalls calls, String path, String field)
      throws InterruptedException {
    Answer answer = calls.call("GET", path, Map.of());
    return answer.success() ? Answers.rows(answer.body(), field) : List.of();
  }

  private void table(Table table) {
    if (!table.isEmpty()) {
      console.say("");
      table.lines().forEach(console::say);
    }
  }

  private void line(String title, String text) {
    if (!text.isBlank()) {
      console.say(String.format("%-12s %s", title + ":", text));
    }
  }
}
