package org.peerworks.deploy.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/**
 * A bundle of the distribution that the worker was started with.
 *
 * @param location in the framework
 * @param file its jar
 * @param startLevel 1 or more
 */
public record ShippedBundle(String location, Path file, int startLevel) {

  /** Framework property with all of them, a line each: start level and file. */
  public static final String PROPERTY = "peerworks.shipped";

  /** Who it is. */
  public record Identity(String name, Version version) {}

  /** Of a file. */
  public static ShippedBundle of(Path file, int startLevel) {
    return new ShippedBundle("reference:" + file.toUri(), file, startLevel);
  }

  /** The value of the framework property. */
  public static String property(List<ShippedBundle> bundles) {
    return bundles.stream()
        .map(bundle -> bundle.startLevel() + " " + bundle.file())
        .collect(Collectors.joining("\n"));
  }

  /** Reads the framework property; null means none. */
  public static List<ShippedBundle> parse(String property) {
    List<ShippedBundle> bundles = new ArrayList<>();
    if (property != null) {
      property
          .lines()
          .forEach(
              line -> {
                int space = line.indexOf(' ');
                bundles.add(
                    of(
                        Path.of(line.substring(space + 1)),
                        Integer.parseInt(line.substring(0, space))));
              });
    }
    return bundles;
  }

  /** Reads its manifest. */
  public Identity identity() throws IOException {
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      Manifest manifest = jar.getManifest();
      String name = manifest.getMainAttributes().getValue("Bundle-SymbolicName");
      String version = manifest.getMainAttributes().getValue("Bundle-Version");
      return new Identity(
          name == null ? "" : name.split(";")[0].strip(), Version.parseVersion(version));
    }
  }
}
