package org.peerworks.lib.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.peerworks.lib.files.AtomicFiles;

/**
 * Changes a configuration file line by line, so that comments, order and what is not known here
 * stay. The outcome is read again before it is written; a file that would not say exactly what it
 * should is left as it is.
 */
public final class ConfigEditor {

  private static final String MOUNTS = "worker.io.mounts";
  private static final String MAPPINGS = "path_mappings";

  private final Path file;

  /**
   * @param file need not exist
   */
  public ConfigEditor(Path file) {
    this.file = file;
  }

  public Path file() {
    return file;
  }

  /** All mounts that are written there, also those that cannot be used: texts by key. */
  public List<Map<String, String>> mounts() throws IOException {
    return entries(MOUNTS);
  }

  /** All mappings that are written there. */
  public List<Map<String, String>> pathMappings() throws IOException {
    return entries(MAPPINGS);
  }

  /**
   * Adds a mount.
   *
   * @throws BadFileException if the file is damaged or has its mounts in a form that cannot be
   *     added to
   */
  public void addMount(Path path, String label) throws IOException {
    add(MOUNTS, ordered("path", path.toString(), "label", label));
  }

  /**
   * Removes the mounts that have this label or path.
   *
   * @return how many
   */
  public int removeMount(String labelOrPath) throws IOException {
    return remove(MOUNTS, entry -> entry.containsValue(labelOrPath));
  }

  /** Adds a mapping. */
  public void addPathMapping(PathMapping mapping) throws IOException {
    add(MAPPINGS, ordered("local", mapping.local(), "worker", mapping.worker()));
  }

  /**
   * Removes the mappings of a local directory.
   *
   * @param worker only those to this directory of a worker; all if empty
   * @return how many
   */
  public int removePathMapping(String local, Optional<String> worker) throws IOException {
    return remove(
        MAPPINGS,
        entry ->
            local.equals(entry.get("local"))
                && (worker.isEmpty() || worker.get().equals(entry.get("worker"))));
  }

  /** Replaces the file, or makes it. */
  public void write(String text) throws IOException {
    TomlFile.of(file, text);
    save(text);
  }

  private List<Map<String, String>> entries(String path) throws IOException {
    return TomlFile.read(file).tables(path).stream().map(ConfigEditor::texts).toList();
  }

  private static Map<String, String> texts(JsonNode entry) {
    Map<String, String> texts = new LinkedHashMap<>();
    entry.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  private static Map<String, String> ordered(String key, String value, String key2, String value2) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put(key, value);
    map.put(key2, value2);
    return map;
  }

  private void add(String path, Map<String, String> entry) throws IOException {
    TomlFile before = TomlFile.read(file);
    before.tables(path);
    ObjectNode wanted = before.values();
    ObjectNode added = array(wanted, path).addObject();
    entry.forEach(added::put);
    replace(before, wanted, TomlEdit.append(before.text(), path, entry), path);
  }

  private int remove(String path, Predicate<Map<String, String>> which) throws IOException {
    TomlFile before = TomlFile.read(file);
    List<JsonNode> entries = before.tables(path);
    ObjectNode wanted = before.values();
    String text = before.text();
    int removed = 0;
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (which.test(texts(entries.get(i)))) {
        array(wanted, path).remove(i);
        text = TomlEdit.remove(text, path, i);
        removed++;
      }
    }
    if (removed > 0) {
      replace(before, wanted, text, path);
    }
    return removed;
  }

  private void replace(TomlFile before, ObjectNode wanted, String text, String path)
      throws IOException {
    if (!saysAsMuch(text, wanted)) {
      throw new BadFileException(
          before.where(path, 0, "")
              + ": this is written in a form that cannot be changed without losing something."
              + " Change it by hand: each entry under a line [["
              + path
              + "]].");
    }
    save(text);
  }

  private boolean saysAsMuch(String text, ObjectNode wanted) {
    try {
      return pruned(TomlFile.of(file, text).values()).equals(pruned(wanted));
    } catch (BadFileException e) {
      return false;
    }
  }

  /** Without empty tables and arrays, which need not be written. */
  private static JsonNode pruned(JsonNode node) {
    node.forEach(ConfigEditor::pruned);
    if (node instanceof ObjectNode object) {
      List<String> empty =
          object.properties().stream()
              .filter(field -> field.getValue().isContainerNode() && field.getValue().isEmpty())
              .map(Map.Entry::getKey)
              .toList();
      object.remove(empty);
    }
    return node;
  }

  private static ArrayNode array(ObjectNode root, String path) {
    ObjectNode parent = root;
    String[] names = path.split("\\.");
    for (int i = 0; i < names.length - 1; i++) {
      parent =
          parent.path(names[i]) instanceof ObjectNode found ? found : parent.putObject(names[i]);
    }
    String last = names[names.length - 1];
    return parent.path(last) instanceof ArrayNode found ? found : parent.putArray(last);
  }

  private void save(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(file)) {
      Path real = file.toRealPath();
      var permissions = Files.getPosixFilePermissions(real);
      AtomicFiles.write(real, bytes);
      Files.setPosixFilePermissions(real, permissions);
    } else {
      UserFolder.make(file.toAbsolutePath().getParent());
      AtomicFiles.write(file, bytes);
    }
  }
}
