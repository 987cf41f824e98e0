package org.peerworks.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Part of the build: makes the Java that a worker needs and no more, out of the JDK that builds.
 * Which modules these are is asked of every jar of the worker, also of those inside of others.
 */
public final class JavaImage {

  /**
   * Modules that no class names, but that are found as services: elliptic curves for TLS and keys,
   * and zip files as file systems.
   */
  private static final List<String> SERVICES = List.of("jdk.crypto.ec", "jdk.zipfs");

  private JavaImage() {}

  /**
   * @param args a staged worker; where the image goes, which is replaced; a directory for what is
   *     unpacked on the way
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path worker = Path.of(args[0]);
    Path image = Path.of(args[1]);
    Path work = Path.of(args[2]);
    Storage.delete(image);
    Storage.delete(work);
    Files.createDirectories(work);
    Set<String> modules = new TreeSet<>(SERVICES);
    for (Path jar : jars(worker, work)) {
      modules.addAll(modules(jar));
    }
    link(modules, image);
    share(image);
    System.out.println("Java for the worker: " + String.join(", ", modules));
  }

  /** All jars of the worker, and those that they hold. */
  private static List<Path> jars(Path worker, Path work) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String folder : List.of("lib", "bundles")) {
      try (Stream<Path> files = Files.walk(worker.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(all::add);
      }
    }
    List<Path> inner = new ArrayList<>();
    for (Path jar : all) {
      unpack(jar, work, inner);
    }
    all.addAll(inner);
    return all;
  }

  private static void unpack(Path jar, Path work, List<Path> inner) throws IOException {
    try (InputStream in = Files.newInputStream(jar);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        // Jars of native libraries hold no classes that matter, and are large.
        if (entry.getName().endsWith(".jar") && !entry.getName().contains("/native/")) {
          Path directory = Files.createDirectories(work.resolve(Integer.toString(inner.size())));
          Path file = directory.resolve(Path.of(entry.getName()).getFileName());
          Files.copy(zip, file);
          inner.add(file);
        }
      }
    }
  }

  private static List<String> modules(Path jar) {
    String found =
        run(
            "jdeps",
            "--multi-release",
            "17",
            "--ignore-missing-deps",
            "--print-module-deps",
            jar.toString());
    String last = found.strip().lines().reduce((first, second) -> second).orElse("");
    return last.matches("[a-z0-9.,]+") ? Arrays.asList(last.split(",")) : List.of();
  }

  private static void link(Set<String> modules, Path image) {
    run(
        "jlink",
        "--add-modules",
        String.join(",", modules),
        "--strip-java-debug-attributes",
        "--no-header-files",
        "--no-man-pages",
        "--output",
        image.toString());
  }

  /** The base of what makes later starts of a worker fast; an image has none. */
  private static void share(Path image) throws IOException, InterruptedException {
    Process dump =
        new ProcessBuilder(image.resolve("bin/java").toString(), "-Xshare:dump", "-Xlog:disable")
            .inheritIO()
            .start();
    if (dump.waitFor() != 0) {
      throw new IOException("The new Java does not run: status " + dump.exitValue());
    }
  }

  private static String run(String tool, String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int status =
        ToolProvider.findFirst(tool)
            .orElseThrow(() -> new IllegalStateException("A JDK is needed: no '" + tool + "'."))
            .run(out, out, arguments);
    out.flush();
    if (status != 0) {
      throw new IllegalStateException(tool + " " + String.join(" ", arguments) + ": " + text);
    }
    return text.toString();
  }
}
