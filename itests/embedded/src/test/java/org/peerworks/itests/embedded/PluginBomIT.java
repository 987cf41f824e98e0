package org.peerworks.itests.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What outsiders build with is in the versions that we build with, and that a worker has. */
class PluginBomIT {

  private static final Path SOURCES = Path.of(System.getProperty("peerworks.sources"));
  private static final String ARCHETYPE =
      "archetype/src/main/resources/archetype-resources/pom.xml";

  @Test
  void theBomHasOurVersions() throws Exception {
    Map<String, String> ours = versions("pom.xml", "dependency");
    ours.put("org.junit.jupiter:junit-jupiter", ours.get("org.junit:junit-bom"));
    Map<String, String> bom = versions("bom/pom.xml", "dependency");
    bom.keySet().removeIf(name -> name.startsWith("org.peerworks:"));
    assertThat(bom).hasSizeGreaterThan(10);
    assertThat(ours).containsAllEntriesOf(bom);
  }

  @Test
  void theContractsOfTheBomAreThere() throws Exception {
    Map<String, String> bom = versions("bom/pom.xml", "dependency");
    bom.keySet().removeIf(name -> !name.startsWith("org.peerworks:"));
    assertThat(bom)
        .hasSizeGreaterThan(4)
        .allSatisfy(
            (name, version) ->
                assertThat(SOURCES.resolve("bundles").resolve(name.split(":")[1])).exists());
  }

  @Test
  void theArchetypeHasOurVersionsOfMavensPlugins() throws Exception {
    Map<String, String> archetype = versions(ARCHETYPE, "plugin");
    archetype.replace("biz.aQute.bnd:bnd-maven-plugin", "@bnd.version@", "${bnd.version}");
    assertThat(archetype).hasSizeGreaterThan(4);
    assertThat(versions("pom.xml", "plugin", false)).containsAllEntriesOf(archetype);
  }

  private static Map<String, String> versions(String pom, String kind) throws Exception {
    return versions(pom, kind, true);
  }

  /** Versions by group and name. */
  private static Map<String, String> versions(String pom, String kind, boolean resolve)
      throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Files.newInputStream(SOURCES.resolve(pom)));
    Map<String, String> versions = new TreeMap<>();
    NodeList found = document.getElementsByTagName(kind);
    for (int i = 0; i < found.getLength(); i++) {
      Element each = (Element) found.item(i);
      String version = text(each, "version");
      if (resolve && version.startsWith("${") && !version.equals("${project.version}")) {
        version = text(document.getDocumentElement(), version.replaceAll("[${}]", ""));
      }
      if (!version.isEmpty()) {
        versions.put(text(each, "groupId") + ":" + text(each, "artifactId"), version);
      }
    }
    return versions;
  }

  private static String text(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
