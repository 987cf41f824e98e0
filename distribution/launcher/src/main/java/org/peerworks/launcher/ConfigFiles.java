package org.peerworks.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads a directory of {@code <PID>.cfg} files (Java properties). */
final class ConfigFiles {

  private static final String SUFFIX = ".cfg";

  private ConfigFiles() {}

  /**
   * @return values by PID; empty if there is no such directory
   * @throws LaunchException if a file cannot be read; names it
   */
  static Map<String, Map<String, Object>> read(Path directory) throws LaunchException {
    Map<String, Map<String, Object>> configurations = new TreeMap<>();
    if (!Files.isDirectory(directory)) {
      return configurations;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        Map<String, Object> values = readFile(file);
        if (!values.isEmpty()) {
          configurations.put(name.substring(0, name.length() - SUFFIX.length()), values);
        }
      }
    } catch (IOException e) {
      throw new LaunchException(
          ExitStatus.CONFIGURATION,
          "Cannot list the configuration in '" + directory + "': " + e,
          e);
    }
    return configurations;
  }

  /**
   * Reads the file of one PID.
   *
   * @return empty if there is none
   * @throws LaunchException if it cannot be read; names it
   */
  static Map<String, Object> read(Path directory, String pid) throws LaunchException {
    Path file = file(directory, pid);
    return Files.exists(file) ? readFile(file) : Map.of();
  }

  private static LaunchException unreadable(Path file, String why, Exception cause) {
    return new LaunchException(
        ExitStatus.CONFIGURATION,
        "Cannot read the configuration '" + file + "': " + why + ".",
        cause);
  }

  /** The file of a PID. */
  static Path file(Path directory, String pid) {
    return directory.resolve(pid + SUFFIX);
  }

  private static Map<String, Object> readFile(Path file) throws LaunchException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (AccessDeniedException e) {
      throw unreadable(file, "this user may not read it. Give it the right to", e);
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8. Save it as UTF-8", e);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(file, e.toString(), e);
    }
    Map<String, Object> values = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      values.put(key, properties.getProperty(key).strip());
    }
    return values;
  }
}
