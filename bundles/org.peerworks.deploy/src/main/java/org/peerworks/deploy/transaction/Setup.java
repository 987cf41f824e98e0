package org.peerworks.deploy.transaction;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.peerworks.deploy.apply.Changer;
import org.peerworks.deploy.apply.Health;
import org.peerworks.deploy.apply.Timing;
import org.peerworks.deploy.state.ShippedBundles;
import org.peerworks.deploy.state.StateStore;
import org.peerworks.deploy.verify.Limits;
import org.peerworks.deploy.verify.SignaturePolicy;
import org.peerworks.deploy.verify.TrustedKeys;
import org.peerworks.deploy.verify.Verifier;
import org.peerworks.job.api.JobTypes;

/** Puts together what carries out transactions, as it is configured. */
final class Setup {

  private static final long MIB = 1 << 20;

  private final BundleContext context;
  private final Config config;
  private final Path data;

  Setup(BundleContext context, Config config, Path data) {
    this.context = context;
    this.config = config;
    this.data = data;
  }

  Transactions transactions(
      StateStore store,
      ShippedBundles shipped,
      Health health,
      Configurations configurations,
      Supplier<JobTypes> types) {
    Timing timing =
        new Timing(
            Duration.ofSeconds(config.callSeconds()), Duration.ofSeconds(config.healthSeconds()));
    long most = config.maxMegabytes() * MIB;
    Limits limits = new Limits(most, config.maxEntries(), config.maxUnpackedMegabytes() * MIB);
    Verifier verifier =
        new Verifier(
            limits,
            SignaturePolicy.of(config.signatures()),
            new TrustedKeys(data.resolve("keys").resolve("trusted")));
    Fetcher fetcher = new Fetcher(most, Duration.ofSeconds(config.downloadSeconds()));
    JobVersions versions = new JobVersions(types);
    return new Transactions(
        store,
        shipped,
        new Changer(context, shipped, health, timing),
        configurations,
        versions,
        new Leaving(context.getBundle(0).getBundleContext(), store, versions),
        timing.health(),
        Duration.ofSeconds(config.drainSeconds()),
        () -> new Intake(store.jars(), verifier, fetcher),
        config.history());
  }
}
