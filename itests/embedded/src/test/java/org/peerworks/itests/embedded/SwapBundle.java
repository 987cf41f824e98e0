package org.peerworks.itests.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes a bundle of one job type, in any version, out of the toys. */
final class SwapBundle {

  private static final String PACKAGE = "org/peerworks/itests/toy/swap/";
  private static final String DESCRIPTOR = "OSGI-INF/org.peerworks.itests.toy.swap.SwapJobType.xml";
  private static final String SCHEMA = "swap.schema.json";

  private SwapBundle() {}

  static Path make(Path toy, Path directory, String version) throws IOException {
    Path made = directory.resolve("swap-" + version + ".jar");
    try (JarFile from = new JarFile(toy.toFile())) {
      Manifest manifest = new Manifest(from.getManifest());
      Attributes headers = manifest.getMainAttributes();
      headers.putValue("Bundle-SymbolicName", "org.peerworks.itests.swap");
      headers.putValue("Bundle-Version", version);
      headers.putValue("Service-Component", DESCRIPTOR);
      headers.remove(new Attributes.Name("Private-Package"));
      headers.remove(new Attributes.Name("Export-Package"));
      headers.remove(new Attributes.Name("Provide-Capability"));
      try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(made), manifest)) {
        for (Enumeration<JarEntry> all = from.entries(); all.hasMoreElements(); ) {
          copy(from, all.nextElement(), to);
        }
      }
    }
    return made;
  }

  private static void copy(JarFile from, JarEntry entry, JarOutputStream to) throws IOException {
    String name = entry.getName();
    boolean wanted = name.startsWith(PACKAGE) || name.equals(DESCRIPTOR) || name.equals(SCHEMA);
    if (wanted && !entry.isDirectory()) {
      to.putNextEntry(new JarEntry(name));
      from.getInputStream(entry).transferTo(to);
      to.closeEntry();
    }
  }
}
