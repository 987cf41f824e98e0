package org.peerworks.deploy.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Version;
import org.peerworks.deploy.RefusedException;
import org.peerworks.lib.files.Hashes;

/** Looks at one jar: whole, within the limits, a bundle, signed as the policy asks. */
public final class Verifier {

  private final Limits limits;
  private final SignaturePolicy policy;
  private final TrustedKeys trusted;

  public Verifier(Limits limits, SignaturePolicy policy, TrustedKeys trusted) {
    this.limits = limits;
    this.policy = policy;
    this.trusted = trusted;
  }

  /**
   * Reads a jar from its first to its last byte.
   *
   * @param title what to call it
   * @param expected SHA-256 that it must have
   * @throws RefusedException why it is not one to install
   * @throws IOException the disk fails
   */
  public BundleFile verify(Path file, String title, Optional<String> expected)
      throws RefusedException, IOException {
    long size = Files.size(file);
    if (size > limits.bytes()) {
      throw new RefusedException(
          "'%s' has %,d bytes; %,d are allowed ('maxMegabytes' in org.peerworks.deploy.cfg)."
              .formatted(title, size, limits.bytes()));
    }
    String sha256 = Hashes.sha256(file);
    if (expected.isPresent() && !expected.get().equalsIgnoreCase(sha256)) {
      throw new RefusedException(
          "'%s' is not the file that was meant: its SHA-256 is %s, expected %s."
              .formatted(title, sha256, expected.get()));
    }
    WholeJar whole = WholeJar.read(file, title, limits, policy != SignaturePolicy.OFF);
    Attributes manifest = manifest(file, title).getMainAttributes();
    String name = symbolicName(manifest, title);
    Version version = version(manifest, title);
    Signature signature =
        policy == SignaturePolicy.OFF ? Signature.NOT_LOOKED_AT : trusted.judge(whole);
    if (policy == SignaturePolicy.REQUIRE && !signature.trusted()) {
      throw new RefusedException(
          "'%s' %s; 'signatures = require' asks for a signature by a trusted key. %s"
              .formatted(title, signature.problem(), trusted.advice()));
    }
    String warning = signature.trusted() ? "" : "'" + title + "' " + signature.problem() + ".";
    return new BundleFile(
        file,
        sha256,
        name,
        version,
        BundleFile.UPDATE_AT_RESTART.equals(manifest.getValue(BundleFile.UPDATE_HEADER))
            || isExtension(manifest),
        signature.signer(),
        policy == SignaturePolicy.OFF ? "" : warning);
  }

  private static Manifest manifest(Path file, String title) throws RefusedException, IOException {
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      Manifest manifest = jar.getManifest();
      if (manifest == null) {
        throw new RefusedException(
            "'" + title + "' is no bundle: it has no META-INF/MANIFEST.MF. Build it with bnd.");
      }
      return manifest;
    }
  }

  private static String symbolicName(Attributes manifest, String title) throws RefusedException {
    String header = manifest.getValue("Bundle-SymbolicName");
    String name = header == null ? "" : header.split(";")[0].strip();
    if (!"2".equals(manifest.getValue("Bundle-ManifestVersion"))
        || !name.matches("[A-Za-z0-9_.-]{1,200}")) {
      throw new RefusedException(
          "'%s' is no bundle: its manifest needs 'Bundle-ManifestVersion: 2' and a 'Bundle-SymbolicName' of letters, digits and '.', '_', '-', but has %s. Build it with bnd."
              .formatted(title, header == null ? "none" : "'" + header + "'"));
    }
    return name;
  }

  private static Version version(Attributes manifest, String title) throws RefusedException {
    String header = manifest.getValue("Bundle-Version");
    try {
      if (header == null) {
        throw new IllegalArgumentException("none");
      }
      return Version.parseVersion(header);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "'%s' needs a 'Bundle-Version' like '1.2.3' in its manifest, but has %s."
              .formatted(title, header == null ? "none" : "'" + header + "'"));
    }
  }

  private static boolean isExtension(Attributes manifest) {
    String host = manifest.getValue("Fragment-Host");
    return host != null
        && host.strip().matches("(system\\.bundle|org\\.apache\\.felix\\.framework)\\b.*");
  }
}
