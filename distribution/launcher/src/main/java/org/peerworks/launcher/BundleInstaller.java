package org.peerworks.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.peerworks.deploy.state.JarStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the framework in line with the pinned bundles. What an administrator installed or stopped
 * stays as it is: only bundles that an earlier start installed from features are updated or
 * removed.
 */
final class BundleInstaller {

  private static final Logger LOG = LoggerFactory.getLogger(BundleInstaller.class);

  private final BundleContext context;
  private final InstalledBundles installed;

  BundleInstaller(BundleContext context, InstalledBundles installed) {
    this.context = context;
    this.installed = installed;
  }

  /**
   * @throws LaunchException if a jar is missing or not the pinned one; nothing is changed then
   */
  void bringInLine(Collection<PinnedBundle> pinned) throws LaunchException {
    for (PinnedBundle bundle : pinned) {
      verify(bundle);
    }
    removeOthers(pinned);
    for (PinnedBundle bundle : pinned) {
      install(bundle);
    }
    installed.save();
  }

  private void verify(PinnedBundle bundle) throws LaunchException {
    try {
      if (installed.isUnchanged(bundle)) {
        return;
      }
      String found = sha256(bundle.file());
      if (!found.equals(bundle.sha256())) {
        throw new LaunchException(
            ExitStatus.INSTALLATION,
            "The bundle '"
                + bundle.file()
                + "' is not the one that its feature pins: SHA-256 is "
                + found
                + ", expected "
                + bundle.sha256()
                + ". Unpack the archive again.");
      }
    } catch (IOException e) {
      throw new LaunchException(
          ExitStatus.INSTALLATION,
          "Cannot read the bundle '" + bundle.file() + "'. Unpack the archive again.",
          e);
    }
  }

  private void removeOthers(Collection<PinnedBundle> pinned) {
    Set<String> wanted = new HashSet<>();
    pinned.forEach(bundle -> wanted.add(bundle.location()));
    Set<String> ours = new HashSet<>(installed.locations());
    for (Bundle bundle : context.getBundles()) {
      // Deployed later, and rolled back or removed since.
      JarStore.hash(bundle.getLocation()).ifPresent(hash -> ours.add(bundle.getLocation()));
    }
    for (String location : ours) {
      Bundle bundle = context.getBundle(location);
      if (wanted.contains(location)) {
        continue;
      }
      installed.forget(location);
      if (bundle == null) {
        continue;
      }
      try {
        bundle.uninstall();
      } catch (BundleException e) {
        LOG.error("Cannot remove the bundle '{}', which no feature asks for any more", location, e);
      }
    }
  }

  private void install(PinnedBundle pinned) throws LaunchException {
    try {
      Bundle bundle = context.getBundle(pinned.location());
      if (bundle == null) {
        bundle = context.installBundle(pinned.location());
        bundle.adapt(BundleStartLevel.class).setStartLevel(pinned.startLevel());
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
          bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
      } else if (!installed.isSame(pinned) && JarStore.hash(pinned.location()).isEmpty()) {
        bundle.update();
      }
      BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
      if (level.getStartLevel() != pinned.startLevel()) {
        level.setStartLevel(pinned.startLevel());
      }
      installed.remember(pinned);
    } catch (BundleException | IOException e) {
      Path storage = Path.of(context.getProperty(Constants.FRAMEWORK_STORAGE));
      if (Reasons.isFull(e, storage, pinned.file().toFile().length())) {
        throw Reasons.full(storage, e);
      }
      throw new LaunchException(
          ExitStatus.INSTALLATION, "Cannot install '" + pinned.id() + "': " + e.getMessage(), e);
    }
  }

  static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        byte[] buffer = new byte[1 << 16];
        while (in.read(buffer) >= 0) {
          // The digest reads along.
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
