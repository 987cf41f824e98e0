package org.peerworks.itests.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Makes versions of the job type that trains out of the one that is shipped. */
final class TrainVersions {

  private TrainVersions() {}

  static Path make(Lab lab, String version) throws IOException {
    Path copy = lab.directory().resolve("train-" + version + ".jar");
    try (JarFile in = new JarFile(shipped(lab).toFile())) {
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

  private static Path shipped(Lab lab) throws IOException {
    try (Stream<Path> jars = Files.list(lab.workerHome().resolve("bundles"))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith("org.peerworks.job.train-"))
          .findFirst()
          .orElseThrow();
    }
  }
}
