package org.peerworks.deploy.transaction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;
import org.peerworks.deploy.RefusedException;
import org.peerworks.deploy.state.DeployedBundle;
import org.peerworks.deploy.state.DeployedState;
import org.peerworks.deploy.state.ShippedBundles;
import org.peerworks.deploy.verify.BundleFile;
import org.peerworks.lib.files.Hashes;

/** What orders on single bundles mean for the state. */
final class Orders {

  private static final Comparator<DeployedBundle> ORDER =
      Comparator.comparing(DeployedBundle::name)
          .thenComparing(bundle -> Version.parseVersion(bundle.version()));

  private final ShippedBundles shipped;

  Orders(ShippedBundles shipped) {
    this.shipped = shipped;
  }

  /** A new bundle, or a higher version of one that is there. */
  DeployedState install(
      DeployedState now, BundleFile file, String source, String feature, int startLevel)
      throws RefusedException, IOException {
    checkSameVersion(now, file);
    Optional<Version> highest = highest(now, file.name());
    if (highest.isPresent() && highest.get().compareTo(file.version()) > 0) {
      throw new RefusedException(
          "%s is older than %s, which is installed. 'deploy:rollback' goes back; 'bundle:update' takes an older version of a bundle that was not shipped."
              .formatted(file.title(), highest.get()));
    }
    return replace(now, file, source, feature, startLevel);
  }

  /** Another version of a bundle that is there. */
  DeployedState update(DeployedState now, String name, BundleFile file, String source)
      throws RefusedException, IOException {
    if (!file.name().equals(name)) {
      throw new RefusedException("'%s' is %s, not '%s'.".formatted(source, file.title(), name));
    }
    Optional<ShippedBundles.Shipped> rival = shipped.named(name);
    List<DeployedBundle> old = now.named(name);
    if (old.isEmpty() && rival.isEmpty()) {
      throw new RefusedException(
          "No bundle '" + name + "' is installed. 'bundle:install " + source + "' installs it.");
    }
    checkSameVersion(now, file);
    if (rival.isPresent() && rival.get().version().compareTo(file.version()) > 0) {
      throw new RefusedException(
          "%s is older than %s, which the distribution brings and which counts."
              .formatted(file.title(), rival.get().version()));
    }
    int level = old.isEmpty() ? rival.orElseThrow().bundle().startLevel() : old.get(0).startLevel();
    return replace(now, file, source, old.isEmpty() ? "" : old.get(0).feature(), level);
  }

  /** What a file of the drop folder brings, instead of what an earlier content of it brought. */
  DeployedState drop(DeployedState now, BundleFile file, String source)
      throws RefusedException, IOException {
    Optional<DeployedBundle> earlier =
        now.bundles().stream().filter(bundle -> bundle.source().equals(source)).findFirst();
    if (earlier.isPresent() && earlier.get().name().equals(file.name())) {
      return update(now, file.name(), file, source);
    }
    DeployedState rest = now;
    if (earlier.isPresent()) {
      rest = remove(now, earlier.get().name());
    }
    return install(rest, file, source, "", 0);
  }

  /** Without a bundle. */
  DeployedState remove(DeployedState now, String name) throws RefusedException, IOException {
    List<DeployedBundle> old = now.named(name);
    if (old.isEmpty()) {
      throw new RefusedException(
          shipped.named(name).isPresent()
              ? "'" + name + "' is a part of the distribution. 'felix:stop' stops it."
              : "No bundle '"
                  + name
                  + "' was installed here. 'deploy:list' lists those that were.");
    }
    if (!old.get(0).feature().isEmpty()) {
      throw new RefusedException(
          "'%s' belongs to the feature '%s'. 'feature:remove' removes that as a whole."
              .formatted(name, old.get(0).feature()));
    }
    List<DeployedBundle> rest = new ArrayList<>(now.bundles());
    rest.removeAll(old);
    return now.withBundles(rest);
  }

  private DeployedState replace(
      DeployedState now, BundleFile file, String source, String feature, int startLevel)
      throws IOException {
    int level = startLevel;
    Optional<ShippedBundles.Shipped> rival = shipped.named(file.name());
    List<DeployedBundle> old = now.named(file.name());
    if (level == 0) {
      level =
          !old.isEmpty()
              ? old.get(0).startLevel()
              : rival
                  .map(known -> known.bundle().startLevel())
                  .orElse(DeployedBundle.DEFAULT_START_LEVEL);
    }
    List<DeployedBundle> bundles = new ArrayList<>(now.bundles());
    bundles.removeAll(old);
    bundles.add(
        new DeployedBundle(
            file.name(),
            file.version().toString(),
            file.sha256(),
            level,
            true,
            feature,
            source,
            file.signer()));
    bundles.sort(ORDER);
    return now.withBundles(bundles);
  }

  private void checkSameVersion(DeployedState now, BundleFile file)
      throws RefusedException, IOException {
    for (DeployedBundle bundle : now.named(file.name())) {
      if (Version.parseVersion(bundle.version()).equals(file.version())) {
        refuseSame(file, bundle.sha256());
      }
    }
    Optional<ShippedBundles.Shipped> rival = shipped.named(file.name());
    if (rival.isPresent() && rival.get().version().equals(file.version())) {
      refuseSame(file, Hashes.sha256(rival.get().bundle().file()));
    }
  }

  private static void refuseSame(BundleFile file, String sha256) throws RefusedException {
    throw new RefusedException(
        sha256.equals(file.sha256())
            ? file.title() + " is already installed."
            : "%s is already installed with other content (SHA-256 %s, this one has %s). Give what changed a version of its own."
                .formatted(file.title(), sha256, file.sha256()));
  }

  private Optional<Version> highest(DeployedState now, String name) throws IOException {
    Optional<Version> highest = shipped.named(name).map(ShippedBundles.Shipped::version);
    for (DeployedBundle bundle : now.named(name)) {
      Version version = Version.parseVersion(bundle.version());
      if (highest.isEmpty() || highest.get().compareTo(version) < 0) {
        highest = Optional.of(version);
      }
    }
    return highest;
  }
}
