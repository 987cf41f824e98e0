package org.peerworks.lib.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A TOML file with its values, and where they stand. */
final class TomlFile {

  private static final int MOST_ENTRIES = 1000;
  private static final int MOST_DEPTH = 32;

  private final Path path;
  private final String text;
  private final ObjectNode root;

  private TomlFile(Path path, String text, ObjectNode root) {
    this.path = path;
    this.text = text;
    this.root = root;
  }

  /** Reads a file; one that is not there has no values. */
  static TomlFile read(Path path) throws IOException {
    String text = Files.exists(path) ? SmallFiles.read(path, SmallFiles.MOST_BYTES) : "";
    return of(path, text);
  }

  /**
   * @throws BadFileException if the text is not TOML
   */
  static TomlFile of(Path path, String text) throws BadFileException {
    if (text.isBlank()) {
      return new TomlFile(path, text, JsonNodeFactory.instance.objectNode());
    }
    try {
      return new TomlFile(path, text, (ObjectNode) mapper().readTree(text));
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw new BadFileException(
          "'"
              + path
              + "'"
              + line
              + ": this is not TOML: "
              + e.getOriginalMessage()
              + ". Correct it.",
          e);
    }
  }

  private static TomlMapper mapper() {
    return TomlMapper.builder(
            TomlFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
                .build())
        .build();
  }

  Path path() {
    return path;
  }

  String text() {
    return text;
  }

  /** A copy of all values. */
  ObjectNode values() {
    return root.deepCopy();
  }

  /**
   * A text in a table.
   *
   * @param table path of the table, such as {@code worker.io}
   * @throws BadFileException if there is something else than text
   */
  Optional<Setting> setting(String table, String key) throws BadFileException {
    JsonNode value = table(table).path(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    String where = where(table, -1, key);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new BadFileException(
          where + ": this must be a text in quotes, but is " + value + ". Correct it.");
    }
    return Optional.of(new Setting(value.textValue().strip(), where));
  }

  /**
   * All tables of an array.
   *
   * @throws BadFileException if there is something else, or more than 1000 of them
   */
  List<JsonNode> tables(String path) throws BadFileException {
    int dot = path.lastIndexOf('.');
    JsonNode parent = dot < 0 ? root : table(path.substring(0, dot));
    JsonNode value = parent.path(path.substring(dot + 1));
    if (value.isMissingNode()) {
      return List.of();
    }
    List<JsonNode> tables = new ArrayList<>();
    value.forEach(tables::add);
    if (!value.isArray() || !tables.stream().allMatch(JsonNode::isObject)) {
      throw new BadFileException(
          where(path, 0, "") + ": this must be tables, each under [[" + path + "]]. Correct it.");
    }
    if (tables.size() > MOST_ENTRIES) {
      throw new BadFileException(
          "'"
              + this.path
              + "': there are "
              + tables.size()
              + " [["
              + path
              + "]], more than the "
              + MOST_ENTRIES
              + " that are read. Remove some.");
    }
    return tables;
  }

  /**
   * A text in one table of an array.
   *
   * @throws BadFileException if it is missing or something else than text
   */
  String text(JsonNode entry, String path, int index, String key) throws BadFileException {
    JsonNode value = entry.path(key);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new BadFileException(
          where(path, index, key)
              + ": this must be a text in quotes"
              + (value.isMissingNode() ? "" : ", but is " + value)
              + ". Correct it.");
    }
    return value.textValue().strip();
  }

  /**
   * Where something stands, for people: file, line and key.
   *
   * @param index which one of an array of tables; negative for a plain table
   * @param key empty for the table itself
   */
  String where(String table, int index, String key) {
    int line = new TomlLines(text).find(table, Math.max(0, index), key);
    return "'"
        + path
        + "'"
        + (line < 0 ? "" : ", line " + (line + 1))
        + ", '"
        + table
        + (key.isEmpty() ? "" : "." + key)
        + "'";
  }

  private JsonNode table(String table) throws BadFileException {
    JsonNode node = root;
    for (String name : table.split("\\.")) {
      node = node.path(name);
      if (!node.isMissingNode() && !node.isObject()) {
        throw new BadFileException(
            where(table, -1, "")
                + ": '"
                + name
                + "' must be a table, under ["
                + table
                + "]. Correct it.");
      }
    }
    return node;
  }
}
