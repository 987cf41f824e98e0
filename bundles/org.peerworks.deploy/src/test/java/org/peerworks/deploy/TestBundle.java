package org.peerworks.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Writes a bundle for a test. */
public final class TestBundle {

  private final String name;
  private final String version;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  private TestBundle(String name, String version) {
    this.name = name;
    this.version = version;
  }

  public static TestBundle of(String name, String version) {
    return new TestBundle(name, version);
  }

  public TestBundle header(String header, String value) {
    headers.put(header, value);
    return this;
  }

  public TestBundle entry(String entry, byte[] content) {
    entries.put(entry, content);
    return this;
  }

  /** With a component that offers a {@code Runnable} as soon as somebody asks for it. */
  public TestBundle delayed(Class<?> code) throws IOException {
    return component(code, false, "<service><provide interface=\"java.lang.Runnable\"/></service>");
  }

  /** With a component that is activated at once. */
  public TestBundle immediate(Class<?> code) throws IOException {
    return component(code, true, "");
  }

  /**
   * With a component.
   *
   * @param more of its description
   */
  public TestBundle component(Class<?> code, boolean immediate, String more) throws IOException {
    String description =
        "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.4.0\" name=\"%s\" immediate=\"%s\"><implementation class=\"%s\"/>%s</scr:component>"
            .formatted(code.getSimpleName(), immediate, code.getName(), more);
    String path = "OSGI-INF/" + code.getSimpleName() + ".xml";
    headers.merge("Service-Component", path, (a, b) -> a + "," + b);
    entry(path, description.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return code(code);
  }

  public TestBundle code(Class<?> code) throws IOException {
    String path = code.getName().replace('.', '/') + ".class";
    try (InputStream in = code.getClassLoader().getResourceAsStream(path)) {
      return entry(path, in.readAllBytes());
    }
  }

  public Path write(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", version);
    headers.forEach(main::putValue);
    Files.createDirectories(jar.toAbsolutePath().getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return jar;
  }
}
