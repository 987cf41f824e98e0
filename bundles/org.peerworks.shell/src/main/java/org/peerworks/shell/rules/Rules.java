package org.peerworks.shell.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of all scopes, out of {@code config/org.peerworks.shell/<scope>.rules} of the data
 * directory and then of the installation; the first that fits counts. Files are read when a command
 * of their scope is used, and again when they have changed. Thread-safe.
 */
@Component(service = Rules.class)
public final class Rules {

  private static final Logger LOG = LoggerFactory.getLogger(Rules.class);

  private final List<Path> directories;
  private final Map<String, Read> scopes = new HashMap<>();

  private record Read(List<FileTime> times, List<Rule> rules) {}

  @Activate
  public Rules(BundleContext context) {
    this(
        Path.of(context.getProperty("peerworks.data")),
        Path.of(context.getProperty("peerworks.home")));
  }

  /**
   * @param data directory, whose rules come first
   * @param home the installation
   */
  public Rules(Path data, Path home) {
    this.directories =
        List.of(
            data.resolve("config").resolve("org.peerworks.shell"),
            home.resolve("config").resolve("org.peerworks.shell"));
  }

  /**
   * The rule for a command.
   *
   * @param scope lower-case letters, digits, {@code _ . -}
   * @param words its arguments
   */
  public Rule of(String scope, String function, List<String> words) {
    return of(scope).stream()
        .filter(rule -> rule.isFor(function, words))
        .findFirst()
        .orElse(Rule.OTHERWISE);
  }

  /** All rules that may count for a command, whatever its arguments. */
  public List<Rule> anyOf(String scope, String function) {
    List<Rule> found =
        of(scope).stream()
            .filter(rule -> rule.command().equals("*") || rule.command().equals(function))
            .toList();
    return found.isEmpty() ? List.of(Rule.OTHERWISE) : found;
  }

  private synchronized List<Rule> of(String scope) {
    List<Path> files = directories.stream().map(d -> d.resolve(scope + ".rules")).toList();
    List<FileTime> times = files.stream().map(Rules::time).toList();
    Read read = scopes.get(scope);
    if (read == null || !read.times().equals(times)) {
      read = new Read(times, read(files));
      scopes.put(scope, read);
    }
    return read.rules();
  }

  private static FileTime time(Path file) {
    try {
      return Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
    } catch (IOException e) {
      return FileTime.fromMillis(-1);
    }
  }

  /** What cannot be read leaves the scope to administrators. */
  private static List<Rule> read(List<Path> files) {
    List<Rule> rules = new ArrayList<>();
    try {
      for (Path file : files) {
        rules.addAll(RuleFile.read(file));
      }
      return rules;
    } catch (IOException e) {
      LOG.error("Only administrators may use these commands until their rules are right", e);
      return List.of(Rule.OTHERWISE);
    }
  }
}
