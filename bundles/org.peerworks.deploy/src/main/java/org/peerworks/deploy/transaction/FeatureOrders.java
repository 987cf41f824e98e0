package org.peerworks.deploy.transaction;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerworks.deploy.RefusedException;
import org.peerworks.deploy.state.DeployedBundle;
import org.peerworks.deploy.state.DeployedFeature;
import org.peerworks.deploy.state.DeployedState;
import org.peerworks.deploy.state.ShippedBundles;
import org.peerworks.deploy.verify.BundleFile;
import org.peerworks.lib.files.Hashes;

/** What orders on features mean for the state: all of their bundles, or none. */
final class FeatureOrders {

  private final Orders bundles;
  private final ShippedBundles shipped;

  FeatureOrders(Orders bundles, ShippedBundles shipped) {
    this.bundles = bundles;
    this.shipped = shipped;
  }

  /**
   * @param update whether the feature must be there already, in whichever version
   */
  DeployedState install(DeployedState now, String source, boolean update, Intake intake)
      throws RefusedException, IOException {
    FeatureFile feature = FeatureFile.read(intake.file(source), source);
    Optional<DeployedFeature> old = now.feature(feature.name());
    if (update && old.isEmpty()) {
      throw new RefusedException(
          "No feature '%s' is installed. 'feature:install %s' installs it."
              .formatted(feature.name(), source));
    }
    if (old.isPresent() && old.get().id().equals(feature.id())) {
      throw new RefusedException("The feature '" + feature.id() + "' is already installed.");
    }
    if (!update && old.isPresent()) {
      throw new RefusedException(
          "The feature '%s' is installed as '%s'. 'feature:update' replaces it."
              .formatted(feature.name(), old.get().id()));
    }
    DeployedState next = old.isPresent() ? without(now, old.get()) : now;
    for (FeatureFile.Pinned pinned : feature.bundles()) {
      if (!isThere(next, pinned)) {
        BundleFile file = bundle(pinned, source, intake);
        next = bundles.install(next, file, source, feature.id(), pinned.startLevel());
      }
    }
    List<DeployedFeature> features = new ArrayList<>(next.features());
    features.add(new DeployedFeature(feature.id(), source, feature.configurations()));
    return new DeployedState(now.number(), next.bundles(), features, now.leaving());
  }

  /**
   * @param name with or without version
   */
  DeployedState remove(DeployedState now, String name) throws RefusedException {
    DeployedFeature feature =
        now.features().stream()
            .filter(known -> known.id().equals(name) || known.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "No feature '"
                            + name
                            + "' was installed here. 'deploy:list' lists those that were."));
    return without(now, feature);
  }

  private static DeployedState without(DeployedState now, DeployedFeature feature) {
    return new DeployedState(
        now.number(),
        now.bundles().stream().filter(b -> !b.feature().equals(feature.id())).toList(),
        now.features().stream().filter(f -> !f.equals(feature)).toList(),
        now.leaving());
  }

  /** The very same bundle may have come otherwise. */
  private boolean isThere(DeployedState now, FeatureFile.Pinned pinned) throws IOException {
    for (DeployedBundle bundle : now.bundles()) {
      if (bundle.sha256().equals(pinned.sha256())) {
        return true;
      }
    }
    for (var bundle : shipped.all()) {
      if (bundle.file().getFileName().toString().equals(pinned.fileName())
          && Hashes.sha256(bundle.file()).equals(pinned.sha256())) {
        return true;
      }
    }
    return false;
  }

  /** Beside the feature's file, or where an installation has it. */
  private static BundleFile bundle(FeatureFile.Pinned pinned, String source, Intake intake)
      throws RefusedException, IOException {
    Optional<String> hash = Optional.of(pinned.sha256());
    if (Fetcher.isUrl(source)) {
      URI base = URI.create(source);
      try {
        return intake.bundle(base.resolve(pinned.fileName()).toString(), hash);
      } catch (RefusedException e) {
        try {
          return intake.bundle(base.resolve("../bundles/" + pinned.fileName()).toString(), hash);
        } catch (RefusedException second) {
          throw new RefusedException(e.getMessage() + " " + second.getMessage(), second);
        }
      }
    }
    Path directory = Path.of(source).toAbsolutePath().normalize().getParent();
    Path beside = directory.resolve(pinned.fileName());
    Path installed = directory.resolveSibling("bundles").resolve(pinned.fileName());
    return intake.bundle((Files.exists(installed) ? installed : beside).toString(), hash);
  }
}
