package org.peerworks.doctor.checks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;

/**
 * Whether the dynamic linker finds everything that the native libraries in the bundles need. They
 * are unpacked beside temporary files and looked at, not loaded.
 */
final class NativesCheck implements Check {

  /** What a native library is for, and where it is. */
  private record Native(String use, String bundle, Pattern nested, Pattern entry) {}

  private static final List<Native> NATIVES =
      List.of(
          new Native(
              "WebRTC",
              "org.peerworks.transport.webrtc-*.jar",
              null,
              Pattern.compile("[^/]*linux-x86_64\\.so")),
          new Native(
              "HDF5 (.slp files)",
              "org.peerworks.lib.slp-*.jar",
              null,
              Pattern.compile("native/libhdf5\\.so")),
          new Native(
              "PyTorch (built-in trainer)",
              "org.peerworks.pose-*.jar",
              Pattern.compile("program/native/pytorch-jni-.*\\.jar"),
              Pattern.compile("jnilib/linux-x86_64/cpu/libdjl_torch\\.so")));

  private final Path home;

  NativesCheck(Path home) {
    this.home = home;
  }

  @Override
  public String name() {
    return "Native libraries";
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(60);
  }

  @Override
  public List<Finding> run() throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Path directory = Files.createTempDirectory("peerworks-natives");
    try {
      for (Native wanted : NATIVES) {
        Path bundle = bundle(wanted.bundle());
        if (bundle != null) {
          findings.add(examine(wanted, bundle, directory.resolve("library.so")));
        }
      }
    } finally {
      Files.deleteIfExists(directory.resolve("library.so"));
      Files.deleteIfExists(directory);
    }
    return findings.isEmpty()
        ? List.of(
            Finding.error(
                "'" + home.resolve("bundles") + "' has no bundle with native libraries",
                "The installation is not whole; unpack the archive again."))
        : findings;
  }

  private Path bundle(String pattern) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(home.resolve("bundles"), pattern)) {
      var bundles = found.iterator();
      return bundles.hasNext() ? bundles.next() : null;
    }
  }

  private static Finding examine(Native wanted, Path bundle, Path copy)
      throws IOException, InterruptedException {
    try (InputStream in = Files.newInputStream(bundle)) {
      if (!unpack(in, wanted, copy)) {
        return Finding.error(
            wanted.use() + ": no native library in '" + bundle + "'",
            "The installation is not whole; unpack the archive again.");
      }
    }
    try {
      return Linked.judge(wanted.use(), Program.run(List.of("ldd", copy.toString())).output());
    } catch (IOException e) {
      return Finding.note(
          wanted.use() + ": not checked, there is no 'ldd'", "apt-get install libc-bin");
    }
  }

  private static boolean unpack(InputStream jar, Native wanted, Path copy) throws IOException {
    ZipInputStream zip = new ZipInputStream(jar);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (wanted.nested() != null && wanted.nested().matcher(entry.getName()).matches()) {
        return unpack(zip, new Native(wanted.use(), wanted.bundle(), null, wanted.entry()), copy);
      }
      if (wanted.nested() == null && wanted.entry().matcher(entry.getName()).matches()) {
        Files.deleteIfExists(copy);
        Files.copy(zip, copy);
        return true;
      }
    }
    return false;
  }
}
