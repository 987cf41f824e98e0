package org.peerworks.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.osgi.framework.Bundle;

/** Which settings the installed bundles know, by PID and key: their metatype (OSGi chapter 105). */
final class Settings {

  private static final Pattern METATYPE = Pattern.compile("OSGI-INF/metatype/[^/]+\\.xml");

  private final Map<String, Map<String, Setting>> settings = new HashMap<>();

  private Settings() {
    settings.put(LogLimits.PID, LogLimits.settings());
  }

  /**
   * Reads the metatype of all bundles.
   *
   * @throws LaunchException if one is damaged
   */
  static Settings of(Bundle... bundles) throws LaunchException {
    XMLInputFactory xml = factory();
    Settings all = new Settings();
    for (Bundle bundle : bundles) {
      Enumeration<URL> found = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
      for (URL url : found == null ? List.<URL>of() : Collections.list(found)) {
        try (InputStream in = url.openStream()) {
          all.read(xml.createXMLStreamReader(in));
        } catch (IOException | XMLStreamException e) {
          throw new LaunchException(
              ExitStatus.INSTALLATION,
              "Cannot read '" + url.getPath() + "' of the bundle '" + bundle.getLocation() + "'.",
              e);
        }
      }
    }
    return all;
  }

  /**
   * Reads the metatype of all bundles of a directory.
   *
   * @param directory of jars
   * @throws LaunchException if one is damaged
   */
  static Settings in(Path directory) throws LaunchException {
    Settings all = new Settings();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
      for (Path jar : jars) {
        all.read(jar);
      }
    } catch (IOException e) {
      throw new LaunchException(
          ExitStatus.INSTALLATION,
          "Cannot read the bundles in '" + directory + "'. Unpack the archive again.",
          e);
    }
    return all;
  }

  private void read(Path jar) throws LaunchException {
    XMLInputFactory xml = factory();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (METATYPE.matcher(entry.getName()).matches()) {
          try (InputStream in = zip.getInputStream(entry)) {
            read(xml.createXMLStreamReader(in));
          }
        }
      }
    } catch (IOException | XMLStreamException e) {
      throw new LaunchException(
          ExitStatus.INSTALLATION,
          "Cannot read the bundle '" + jar + "'. Unpack the archive again.",
          e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory xml = XMLInputFactory.newInstance();
    xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    return xml;
  }

  private void read(XMLStreamReader xml) throws XMLStreamException {
    Map<String, Setting> known = new TreeMap<>();
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamReader.START_ELEMENT) {
        continue;
      }
      if (xml.getLocalName().equals("AD")) {
        Setting setting = Setting.of(name -> xml.getAttributeValue(null, name));
        known.put(setting.key(), setting);
      } else if (xml.getLocalName().equals("Designate")) {
        String pid = xml.getAttributeValue(null, "pid");
        String factory = xml.getAttributeValue(null, "factoryPid");
        settings.put(factory == null ? pid : factory, known);
      }
    }
  }

  /**
   * @param pid of a configuration, with {@code ~name} behind it if it is one of several
   * @return by key; empty if no bundle describes them
   */
  Map<String, Setting> of(String pid) {
    int name = pid.indexOf('~');
    return settings.getOrDefault(name < 0 ? pid : pid.substring(0, name), Map.of());
  }
}
