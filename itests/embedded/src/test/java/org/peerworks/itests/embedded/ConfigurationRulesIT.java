package org.peerworks.itests.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What the metatype of the shipped bundles says of numbers: the launcher, and {@code peerworks
 * doctor}, refuse by it what a component could not use.
 */
class ConfigurationRulesIT {

  private static final Set<String> WHOLE = Set.of("Integer", "Long", "Short", "Byte");
  private static final Set<String> NUMBERS =
      Set.of("Integer", "Long", "Short", "Byte", "Double", "Float");

  /** By bundle and key. */
  private static final Map<String, Element> ATTRIBUTES = new TreeMap<>();

  @BeforeAll
  static void readMetatype() throws Exception {
    Path bundles = Path.of(System.getProperty("peerworks.worker.home"), "bundles");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(bundles, "org.peerworks.*.jar")) {
      for (Path jar : jars) {
        try (JarFile file = new JarFile(jar.toFile())) {
          for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
            if (entry.getName().matches("OSGI-INF/metatype/[^/]+\\.xml")) {
              read(jar.getFileName().toString(), file, entry);
            }
          }
        }
      }
    }
  }

  private static void read(String bundle, JarFile file, JarEntry entry) throws Exception {
    try (InputStream in = file.getInputStream(entry)) {
      NodeList found =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(in)
              .getElementsByTagName("AD");
      for (int i = 0; i < found.getLength(); i++) {
        Element attribute = (Element) found.item(i);
        ATTRIBUTES.put(bundle + " " + attribute.getAttribute("id"), attribute);
      }
    } catch (IOException e) {
      throw new IOException("Cannot read " + entry + " of " + bundle, e);
    }
  }

  @Test
  void everyNumberHasARangeThatItsDefaultLiesIn() {
    Map<String, Element> numbers = new TreeMap<>(ATTRIBUTES);
    numbers.values().removeIf(attribute -> !NUMBERS.contains(attribute.getAttribute("type")));
    assertThat(numbers).hasSizeGreaterThan(100);
    numbers.forEach(
        (key, attribute) -> {
          assertThat(attribute.getAttribute("type")).as(key).isIn(WHOLE);
          assertThat(attribute.getAttribute("min")).as("min of %s", key).isNotEmpty();
          assertThat(attribute.getAttribute("max")).as("max of %s", key).isNotEmpty();
          assertThat(new BigInteger(attribute.getAttribute("default")))
              .as("default of %s", key)
              .isBetween(
                  new BigInteger(attribute.getAttribute("min")),
                  new BigInteger(attribute.getAttribute("max")));
        });
  }
}
