package org.peerworks.itests.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes bundles of a test out of others. */
final class Jars {

  private Jars() {}

  /**
   * A bundle of these classes, the first of which is a component that is activated at once.
   *
   * @param more headers of the manifest
   * @param reference of the component; may be empty
   */
  static Path bundle(
      Path jar, String name, Map<String, String> more, String reference, Class<?>... code)
      throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", "1.0.0");
    more.forEach(main::putValue);
    if (code.length > 0) {
      main.putValue("Service-Component", "OSGI-INF/component.xml");
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Class<?> type : code) {
        String path = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
          entry(out, path, in.readAllBytes());
        }
      }
      if (code.length > 0) {
        String component =
            "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.4.0\" name=\"%s\" immediate=\"true\"><implementation class=\"%s\"/>%s</scr:component>"
                .formatted(code[0].getSimpleName(), code[0].getName(), reference);
        entry(out, "OSGI-INF/component.xml", component.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private static void entry(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }

  /** The same bundle in another version. */
  static Path withVersion(Path jar, String version, Path copy) throws IOException {
    try (JarFile in = new JarFile(jar.toFile())) {
      Manifest manifest = new Manifest(in.getManifest());
      manifest.getMainAttributes().putValue("Bundle-Version", version);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
        for (JarEntry entry : Collections.list(in.entries())) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            try (InputStream content = in.getInputStream(entry)) {
              content.transferTo(out);
            }
            out.closeEntry();
          }
        }
      }
    }
    return copy;
  }
}
