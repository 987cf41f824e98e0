package org.peerworks.shell.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.osgi.framework.Bundle;

/** What bundles say of their configurations (OSGi Compendium, chapter 105). */
final class Metatype {

  private final Map<String, Described> descriptions = new TreeMap<>();
  private final XMLInputFactory factory = XMLInputFactory.newInstance();

  /**
   * The settings of one PID.
   *
   * @param running whether a bundle of this process uses them
   */
  record Described(
      String pid, String description, Map<String, Setting> settings, boolean running) {}

  private Metatype() {
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
  }

  /**
   * Reads what installed bundles, and those that lie ready, say.
   *
   * @param ready directory of jars
   */
  static Metatype read(Bundle[] bundles, Path ready) throws IOException {
    Metatype all = new Metatype();
    try {
      for (Bundle bundle : bundles) {
        Enumeration<URL> found = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
        for (URL url : found == null ? List.<URL>of() : Collections.list(found)) {
          try (InputStream in = url.openStream()) {
            all.read(all.factory.createXMLStreamReader(in), true);
          }
        }
      }
      if (Files.isDirectory(ready)) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(ready, "org.peerworks.*.jar")) {
          for (Path jar : jars) {
            all.read(jar);
          }
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException("The description of a configuration is damaged.", e);
    }
    return all;
  }

  private void read(Path jar) throws IOException, XMLStreamException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.getName().matches("OSGI-INF/metatype/[^/]+\\.xml")) {
          try (InputStream in = zip.getInputStream(entry)) {
            read(factory.createXMLStreamReader(in), false);
          }
        }
      }
    }
  }

  private void read(XMLStreamReader xml, boolean running) throws XMLStreamException {
    Map<String, Setting> settings = new LinkedHashMap<>();
    String description = "";
    List<String> options = new ArrayList<>();
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamReader.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "OCD" -> description = attribute(xml, "description", attribute(xml, "name", ""));
          case "AD" -> {
            options = new ArrayList<>();
            Setting setting = setting(xml, options);
            settings.put(setting.key(), setting);
          }
          case "Option" -> options.add(attribute(xml, "value", ""));
          case "Designate" -> {
            String factoryPid = attribute(xml, "factoryPid", "");
            String pid = factoryPid.isEmpty() ? attribute(xml, "pid", "") : factoryPid;
            descriptions.putIfAbsent(pid, new Described(pid, description, settings, running));
          }
          default -> {
            // Of no interest here.
          }
        }
      }
    }
  }

  private static Setting setting(XMLStreamReader xml, List<String> options) {
    String cardinality = attribute(xml, "cardinality", "0");
    return new Setting(
        attribute(xml, "id", ""),
        attribute(xml, "type", "String"),
        !cardinality.equals("0"),
        attribute(xml, "min", ""),
        attribute(xml, "max", ""),
        attribute(xml, "default", ""),
        attribute(xml, "description", ""),
        options);
  }

  private static String attribute(XMLStreamReader xml, String name, String otherwise) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? otherwise : value;
  }

  /** By PID. */
  Map<String, Described> all() {
    return Collections.unmodifiableMap(descriptions);
  }
}
