package org.peerworks.deploy.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import org.peerworks.deploy.RefusedException;

/**
 * A jar of which every byte was read.
 *
 * @param signers who signed every entry; empty if some entry was not signed
 * @param unsigned an entry that nobody signed; empty if there is none
 */
record WholeJar(Set<CodeSigner> signers, String unsigned) {

  private static final int BUFFER = 1 << 16;

  static WholeJar read(Path file, String title, Limits limits, boolean verify)
      throws RefusedException, IOException {
    try (JarFile jar = new JarFile(file.toFile(), verify)) {
      return read(jar, title, limits);
    } catch (SecurityException e) {
      throw new RefusedException(
          "'" + title + "' was changed after it had been signed: " + e.getMessage() + ".", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException(
          "'"
              + title
              + "' is no whole jar: "
              + e.getMessage()
              + ". It may have been copied only in part; copy it again.",
          e);
    }
  }

  private static WholeJar read(JarFile jar, String title, Limits limits)
      throws RefusedException, IOException {
    List<JarEntry> entries = Collections.list(jar.entries());
    if (entries.size() > limits.entries()) {
      throw new RefusedException(
          "'%s' has %,d entries; %,d are allowed ('maxEntries' in org.peerworks.deploy.cfg)."
              .formatted(title, entries.size(), limits.entries()));
    }
    Set<String> names = new HashSet<>();
    Set<CodeSigner> common = null;
    String unsigned = "";
    long left = limits.unpackedBytes();
    for (JarEntry entry : entries) {
      if (!names.add(entry.getName()) || isBad(entry.getName())) {
        throw new RefusedException(
            "'%s' has the entry '%s' twice, or it has a name that no jar tool gives."
                .formatted(title, entry.getName()));
      }
      left -= read(jar, entry, left, title);
      if (entry.isDirectory() || isPartOfSignature(entry.getName())) {
        continue;
      }
      Set<CodeSigner> signers =
          entry.getCodeSigners() == null
              ? Set.of()
              : new HashSet<>(Arrays.asList(entry.getCodeSigners()));
      unsigned = signers.isEmpty() && unsigned.isEmpty() ? entry.getName() : unsigned;
      if (common == null) {
        common = new HashSet<>(signers);
      } else {
        common.retainAll(signers);
      }
    }
    return new WholeJar(common == null ? Set.of() : common, unsigned);
  }

  private static long read(JarFile jar, JarEntry entry, long most, String title)
      throws RefusedException, IOException {
    CRC32 sum = new CRC32();
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (InputStream in = jar.getInputStream(entry)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
        if (size > most) {
          throw new RefusedException(
              "'%s' unpacks to more than is allowed ('maxUnpackedMegabytes' in org.peerworks.deploy.cfg)."
                  .formatted(title));
        }
        sum.update(buffer, 0, n);
      }
    }
    if (entry.getCrc() != -1 && entry.getCrc() != sum.getValue()) {
      throw new IOException("the check sum of its entry '" + entry.getName() + "' is wrong");
    }
    return size;
  }

  private static boolean isBad(String name) {
    return name.startsWith("/")
        || name.indexOf('\\') >= 0
        || Arrays.asList(name.split("/")).contains("..");
  }

  /** What holds a signature cannot be signed; everything else in META-INF can. */
  private static boolean isPartOfSignature(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals(JarFile.MANIFEST_NAME)
        || upper.matches("META-INF/(SIG-[^/]*|[^/]*\\.(SF|RSA|DSA|EC))");
  }
}
