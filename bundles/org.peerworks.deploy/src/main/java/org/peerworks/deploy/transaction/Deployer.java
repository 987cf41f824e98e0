package org.peerworks.deploy.transaction;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;
import org.peerworks.deploy.apply.Health;
import org.peerworks.deploy.state.DeployedState;
import org.peerworks.deploy.state.JournalEntry;
import org.peerworks.deploy.state.ShippedBundle;
import org.peerworks.deploy.state.ShippedBundles;
import org.peerworks.deploy.state.StateStore;
import org.peerworks.deploy.verify.SignaturePolicy;
import org.peerworks.job.api.JobTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs, updates and removes bundles on the running worker. Thread-safe; one transaction runs at
 * a time, the others wait.
 */
@Component(service = Deployer.class, configurationPid = Config.PID)
@Designate(ocd = Config.class)
public final class Deployer {

  /** Framework property: number of the transaction that this start tries; 0 for none. */
  public static final String TRIAL = "peerworks.deploy.trial";

  private static final Logger LOG = LoggerFactory.getLogger(Deployer.class);

  private final BundleContext context;
  private final Config config;
  private final Path data;
  private final Health health;
  private final ShippedBundles shipped;
  private final Orders orders;
  private final FeatureOrders featureOrders;
  private final Configurations configurations;
  private final Worker worker = new Worker();
  private StateStore store;
  private Transactions transactions;

  @Reference(
      name = "types",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile JobTypes types;

  @Activate
  public Deployer(
      BundleContext context,
      @Reference(name = "components") ServiceComponentRuntime components,
      @Reference(name = "configurations") ConfigurationAdmin admin,
      Config config) {
    SignaturePolicy.of(config.signatures());
    this.context = context;
    this.config = config;
    data = Path.of(context.getProperty("peerworks.data"));
    health = new Health(context, () -> components);
    shipped = new ShippedBundles(ShippedBundle.parse(context.getProperty(ShippedBundle.PROPERTY)));
    orders = new Orders(shipped);
    featureOrders = new FeatureOrders(orders, shipped);
    configurations = new Configurations(() -> admin);
  }

  /** Ends within seconds; a transaction that is under way is rolled back by the next start. */
  @Deactivate
  public void close() {
    worker.close();
  }

  /**
   * Installs a bundle, or a higher version of one.
   *
   * @param source path or URL
   * @param sha256 that the file must have
   * @param by who asks
   */
  public Outcome install(String source, Optional<String> sha256, String by, boolean dryRun) {
    return run(
        new Order(
            "install " + source,
            by,
            dryRun,
            (now, intake) -> orders.install(now, intake.bundle(source, sha256), source, "", 0)));
  }

  /** Installs another version of a bundle, which may be lower. */
  public Outcome update(
      String name, String source, Optional<String> sha256, String by, boolean dryRun) {
    return run(
        new Order(
            "update " + name + " with " + source,
            by,
            dryRun,
            (now, intake) -> orders.update(now, name, intake.bundle(source, sha256), source)));
  }

  /** Installs a file of the drop folder, instead of what an earlier content of it brought. */
  public Outcome drop(String file, String by) {
    return run(
        new Order(
            "install " + file,
            by,
            false,
            (now, intake) -> orders.drop(now, intake.bundle(file, Optional.empty()), file)));
  }

  /** Removes a bundle that was installed at run time. */
  public Outcome remove(String name, String by, boolean dryRun) {
    return run(new Order("remove " + name, by, dryRun, (now, intake) -> orders.remove(now, name)));
  }

  /**
   * Installs a feature, or another version of one.
   *
   * @param source path or URL of its JSON; its bundles lie beside it, or in {@code ../bundles}
   * @param update whether it must be there already
   */
  public Outcome feature(String source, boolean update, String by, boolean dryRun) {
    return run(
        new Order(
            (update ? "update to feature " : "install feature ") + source,
            by,
            dryRun,
            (now, intake) -> featureOrders.install(now, source, update, intake)));
  }

  /** Removes a feature with its bundles. */
  public Outcome removeFeature(String name, String by, boolean dryRun) {
    return run(
        new Order(
            "remove feature " + name,
            by,
            dryRun,
            (now, intake) -> featureOrders.remove(now, name)));
  }

  /** Goes back to what was deployed after a transaction; 0 is as shipped. */
  public Outcome rollback(int number, String by, boolean dryRun) {
    return run(
        new Order(
            "roll back to " + number,
            by,
            dryRun,
            (now, intake) ->
                store()
                    .after(number)
                    .orElseThrow(
                        () ->
                            new org.peerworks.deploy.RefusedException(
                                "There is no way back to transaction "
                                    + number
                                    + ". 'deploy:history' shows those that were committed; the"
                                    + " newest "
                                    + config.history()
                                    + " are kept ('history')."))));
  }

  /**
   * Commits what waited for this start, if it is well now; else the next start goes without. To be
   * called once, when the worker starts; returns at once if nothing waited.
   */
  public void endTrial() {
    String trial = context.getProperty(TRIAL);
    if (trial != null && !trial.equals("0")) {
      worker.call(
          () -> {
            transactions().endTrial(Integer.parseInt(trial));
            return trial;
          });
    }
  }

  /** Whether anything was ever deployed; does not wait for a transaction. */
  boolean hasDeployed() {
    return StateStore.exists(data);
  }

  /** What is deployed. */
  public DeployedState deployed() {
    return worker.call(() -> store().current());
  }

  /** What waits for a restart. */
  public Optional<DeployedState> pending() {
    return worker.call(() -> store().pending());
  }

  /** All steps of all transactions, oldest first. */
  public List<JournalEntry> journal() {
    return worker.call(() -> store().journal());
  }

  /** What is deployed after a transaction. */
  public Optional<DeployedState> deployedAfter(int number) {
    return worker.call(() -> store().after(number));
  }

  /** Why a bundle does not run, or was not installed; a line each, empty if nothing is known. */
  public List<String> diagnose(String name) {
    return new Diagnosis(context.getBundle(0).getBundleContext(), health).of(name, journal());
  }

  /** What is not well with a bundle of the framework. */
  public List<String> problems(Bundle bundle) {
    return health.problems(bundle);
  }

  /** Location in the framework of a jar. */
  public String location(String sha256) {
    return worker.call(() -> store().jars().location(sha256));
  }

  /**
   * Removes soon what stayed only for its jobs, and has none left.
   *
   * @param listener told if something was removed, or could not be
   */
  public void letGo(Consumer<Outcome> listener) {
    worker.submit(() -> soon(() -> transactions().letGo(), listener));
  }

  /**
   * Gives the version before a withdrawn one its place again, soon.
   *
   * @param listener told how that ended
   */
  public void withdraw(long bundleId, String reason, Consumer<Outcome> listener) {
    worker.submit(
        () ->
            soon(
                () -> {
                  Bundle bad = context.getBundle(bundleId);
                  return bad == null
                      ? Optional.empty()
                      : Optional.of(transactions().withdraw(bad, reason));
                },
                listener));
  }

  private static void soon(Callable<Optional<Outcome>> work, Consumer<Outcome> listener) {
    try {
      work.call().ifPresent(listener);
    } catch (Exception e) {
      LOG.error("A change that a job type needs cannot be made", e);
    }
  }

  /** As if a component had bound it. */
  void useTypes(JobTypes other) {
    types = other;
  }

  Outcome run(Order order) {
    return worker.call(() -> transactions().run(order));
  }

  private synchronized Transactions transactions() throws IOException {
    if (transactions == null) {
      transactions =
          new Setup(context, config, data)
              .transactions(store(), shipped, health, configurations, () -> types);
    }
    return transactions;
  }

  private synchronized StateStore store() throws IOException {
    if (store == null) {
      String trial = context.getProperty(TRIAL);
      store = StateStore.open(data, trial == null ? 0 : Integer.parseInt(trial));
    }
    return store;
  }
}
