package org.peerworks.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Invocation.JobTypes;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Json;
import org.peerworks.cli.terminal.Table;
import org.peerworks.job.api.JobTypeInfo;

/** Says which job types a worker has, and what parameters they take. */
public final class TypesCommand {

  private final Connector connector;
  private final Console console;

  public TypesCommand(Connector connector, Console console) {
    this.connector = connector;
    this.console = console;
  }

  public int run(JobTypes command) throws InterruptedException {
    try (Connection connection = connector.open(command.target())) {
      List<JobTypeInfo> types =
          command.type().isPresent()
              ? List.of(require(connection, command.type().get()))
              : connection.await(connection.jobs().types());
      if (console.json()) {
        console.emit(Map.of("types", types.stream().map(TypesCommand::json).toList()));
      } else if (types.isEmpty()) {
        console.say("Worker '" + connection.workerName() + "' has no job type running.");
      } else {
        table(types).lines().forEach(console::say);
      }
      if (command.type().isPresent()) {
        parameters(types.get(0)).forEach(console::say);
      }
      return ExitStatus.SUCCESS;
    }
  }

  /**
   * A job type that the worker has.
   *
   * @throws CommandFailure naming those that it has
   */
  static JobTypeInfo require(Connection connection, String name) throws InterruptedException {
    List<JobTypeInfo> types = connection.await(connection.jobs().types());
    return types.stream()
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                CommandFailure.refused(
                    "Worker '"
                        + connection.workerName()
                        + "' takes no job of type '"
                        + name
                        + "' now. "
                        + (types.isEmpty()
                            ? "It has no job type running."
                            : types.stream()
                                .map(JobTypeInfo::name)
                                .sorted()
                                .collect(Collectors.joining("', '", "It takes '", "'."))),
                    null));
  }

  private static Table table(List<JobTypeInfo> types) {
    Table table = new Table("TYPE", "VERSION", "SLOTS", "PARAMETERS");
    for (JobTypeInfo type : types) {
      List<String> names = new ArrayList<>();
      properties(type).forEach((name, property) -> names.add(name));
      table.row(type.name(), type.version(), type.slots(), String.join(", ", names));
    }
    return table;
  }

  /** A line for each parameter of a type, for people. */
  private List<String> parameters(JobTypeInfo type) {
    Map<String, JsonNode> properties = properties(type);
    if (console.json() || properties.isEmpty()) {
      return List.of();
    }
    Table table = new Table("PARAMETER", "IS", "NEEDED", "DESCRIPTION");
    List<String> needed = texts(schema(type).path("required"));
    properties.forEach(
        (name, property) ->
            table.row(
                name,
                kind(property),
                needed.contains(name) ? "yes" : "",
                property.path("description").asText()));
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(table.lines());
    return lines;
  }

  private static String kind(JsonNode property) {
    List<String> choices = texts(property.path("enum"));
    JsonNode types = property.path("type");
    List<String> names =
        !choices.isEmpty() ? choices : types.isArray() ? texts(types) : List.of(types.asText());
    return names.stream().filter(name -> !name.equals("null")).collect(Collectors.joining(" | "));
  }

  private static Map<String, Object> json(JobTypeInfo type) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", type.name());
    json.put("version", type.version());
    json.put("slots", type.slots());
    json.put("schema", Json.parsed(type.schema()));
    return json;
  }

  private static Map<String, JsonNode> properties(JobTypeInfo type) {
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    schema(type)
        .path("properties")
        .properties()
        .forEach(field -> properties.put(field.getKey(), field.getValue()));
    return properties;
  }

  private static JsonNode schema(JobTypeInfo type) {
    return Json.parsed(type.schema()) instanceof JsonNode schema
        ? schema
        : MissingNode.getInstance();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
