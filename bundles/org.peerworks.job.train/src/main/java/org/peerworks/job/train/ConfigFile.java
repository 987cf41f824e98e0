package org.peerworks.job.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.Shown;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A training configuration as sleap-nn writes it, read only to look for what it names.
 *
 * @param name the file's, for messages
 * @param values its settings, as deep as the file
 */
record ConfigFile(String name, Map<?, ?> values) {

  static final int MOST_BYTES = 1 << 20;

  /** Hydra moves a file's settings elsewhere if a comment in it asks for that. */
  private static final Pattern PACKAGE_DIRECTIVE =
      Pattern.compile("^\\s*#\\s*@package\\b", Pattern.MULTILINE);

  /**
   * Reads a file and checks that it stays in the package.
   *
   * @param mostBytes of the file
   * @throws PackageException with file, line and reason
   */
  static ConfigFile read(Path file, int mostBytes) throws IOException {
    String name = file.getFileName().toString();
    requireSize(file, mostBytes);
    ConfigFile config = parse(name, Files.readAllBytes(file));
    new ConfigRules(name, text -> false).check(config.values());
    return config;
  }

  /**
   * @throws PackageException if a configuration is too large
   */
  static void requireSize(Path file, int mostBytes) throws IOException {
    if (Files.size(file) > mostBytes) {
      throw refused(file.getFileName().toString(), "is larger than " + (mostBytes >> 10) + " KiB");
    }
  }

  /**
   * Reads the content of a file, whatever it names.
   *
   * @throws PackageException with file, line and reason
   */
  static ConfigFile parse(String name, byte[] content) throws IOException {
    if (content.length > MOST_BYTES) {
      throw refused(name, "is larger than 1024 KiB");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new PackageException(
          "The configuration " + Shown.quoted(name) + " is not UTF-8 text.", e);
    }
    if (text.chars().anyMatch(c -> c == 0x85 || c == 0x2028 || c == 0x2029)) {
      throw refused(name, "has a line break that YAML 1.1 and 1.2 read differently; remove it");
    }
    if (PACKAGE_DIRECTIVE.matcher(text).find()) {
      throw refused(name, "has a '@package' directive; remove it");
    }
    if (!(parse(name, text) instanceof Map<?, ?> values)) {
      throw refused(name, "has no settings; wanted 'data_config', 'model_config' and the like");
    }
    return new ConfigFile(name, values);
  }

  /**
   * Puts in the file's place what was read of it, so that what was judged is what a trainer reads,
   * whatever its YAML reader makes of the original.
   */
  void normalize(Path file) throws IOException {
    byte[] wanted = NormalForm.of(name, values, MOST_BYTES).getBytes(StandardCharsets.US_ASCII);
    if (!Files.exists(file) || !Arrays.equals(wanted, Files.readAllBytes(file))) {
      AtomicFiles.write(file, wanted);
    }
  }

  private static Object parse(String name, String text) throws PackageException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setSchema(new CoreSchema())
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(20)
            .setCodePointLimit(MOST_BYTES)
            .build();
    try {
      return new Load(settings).loadFromString(text);
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
      throw notYaml(name + "'" + line, String.valueOf(e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw notYaml(name + "'", String.valueOf(e.getMessage()), e);
    } catch (StackOverflowError e) {
      throw notYaml(name + "'", "nested too deeply", e);
    }
  }

  private static PackageException notYaml(String where, String problem, Throwable cause) {
    return new PackageException(
        "The configuration '%s is not valid YAML: %s.".formatted(where, Shown.plain(problem)),
        cause);
  }

  /** The settings of a section; none if there is no such section. */
  Map<?, ?> section(String key) {
    return at(key).orElse(Map.of()) instanceof Map<?, ?> section ? section : Map.of();
  }

  /** Whether a setting is there, also with no value. */
  boolean has(String key) {
    Map<?, ?> section = values;
    String[] parts = key.split("\\.");
    for (int i = 0; i < parts.length - 1; i++) {
      if (!(section.get(parts[i]) instanceof Map<?, ?> inner)) {
        return false;
      }
      section = inner;
    }
    return section.containsKey(parts[parts.length - 1]);
  }

  /** The value of a setting; empty if it has none. */
  Optional<Object> at(String key) {
    Object value = values;
    for (String part : key.split("\\.")) {
      value = value instanceof Map<?, ?> section ? section.get(part) : null;
    }
    return Optional.ofNullable(value)
        .filter(found -> !(found instanceof String text && HydraValue.isNull(text)));
  }

  /** The texts of a setting that has one text or a list of them; empty if it has no value. */
  List<String> texts(String key) throws PackageException {
    Object value = at(key).orElse(List.of());
    List<?> items = value instanceof List<?> list ? list : List.of(value);
    for (Object item : items) {
      if (!(item instanceof String)) {
        throw refused(name, "wants '" + key + "' to be text, but it is " + Shown.quoted("" + item));
      }
    }
    return items.stream().map(String.class::cast).toList();
  }

  private static PackageException refused(String name, String why) {
    return new PackageException("The configuration " + Shown.quoted(name) + " " + why + ".");
  }
}
