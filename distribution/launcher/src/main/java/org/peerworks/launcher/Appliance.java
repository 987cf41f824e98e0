package org.peerworks.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.util.tracker.ServiceTracker;
import org.peerworks.deploy.state.ShippedBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One framework with its features: worker, client or signalling server. */
public final class Appliance {

  private static final Logger LOG = LoggerFactory.getLogger(Appliance.class);

  /** Configuration Admin runs from here on, and nothing that is configured. */
  private static final int CONFIGURABLE = 2;

  private static final int RUNNING = 20;

  private static final String SLF4J = ";version=\"2.0.17\"";

  /** What the class path offers to bundles. */
  private static final String SYSTEM_PACKAGES =
      "org.slf4j"
          + SLF4J
          + ",org.slf4j.event"
          + SLF4J
          + ",org.slf4j.helpers"
          + SLF4J
          + ",org.slf4j.spi"
          + SLF4J
          // What has read the command line reads it again inside.
          + ",picocli;version=\"4.7.7\""
          + ",org.osgi.service.cm;version=\"1.6.1\",org.osgi.service.log;version=\"1.5.0\",sun.misc";

  private final Framework framework;

  private Appliance(Framework framework) {
    this.framework = framework;
  }

  /**
   * Starts a framework and waits until every bundle had its turn.
   *
   * @param storage the framework's own directory
   * @param overlay configuration by PID, over that of features and files
   */
  public static Appliance start(
      Installation installation,
      FeatureSet features,
      Path data,
      Path storage,
      Map<String, Map<String, Object>> overlay)
      throws LaunchException {
    DeployedBundles deployed = DeployedBundles.over(features, data);
    Framework framework =
        new FrameworkFactory().newFramework(properties(installation, data, storage, deployed));
    Appliance appliance = new Appliance(framework);
    try {
      framework.init();
      BundleContext context = framework.getBundleContext();
      new BundleInstaller(context, InstalledBundles.load(storage.resolve("installed.properties")))
          .bringInLine(deployed.bundles());
      new ServiceLog(context, data.resolve("config")).open();
      framework.start();
      new ConfigurationWriter(context)
          .write(merge(installation, features, deployed, data.resolve("config"), overlay, context));
      appliance.raiseStartLevel();
      return appliance;
    } catch (BundleException e) {
      appliance.stop(0);
      if (Reasons.isFull(e, data, 0)) {
        throw Reasons.full(data, e);
      }
      throw new LaunchException(
          ExitStatus.DATA,
          "Cannot start the framework in '"
              + storage
              + "'. Does another process use it? "
              + e.getMessage(),
          e);
    } catch (LaunchException e) {
      appliance.stop(0);
      throw e;
    }
  }

  private static Map<String, Object> properties(
      Installation installation, Path data, Path storage, DeployedBundles deployed) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SYSTEM_PACKAGES);
    properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(CONFIGURABLE));
    properties.put("felix.startlevel.bundle", Integer.toString(RUNNING));
    properties.put("felix.log.logger", new FrameworkLog());
    // Bundles that serve HTTP open ports of their own, where their configuration says.
    properties.put("org.apache.felix.http.enable", "false");
    properties.put("gosh.args", System.getProperty("gosh.args", ""));
    properties.put("peerworks.home", installation.home().toString());
    properties.put("peerworks.data", data.toString());
    properties.put("peerworks.version", Version.current());
    properties.put(ShippedBundle.PROPERTY, deployed.shipped());
    properties.put("peerworks.deploy.trial", Integer.toString(deployed.trial()));
    return properties;
  }

  /**
   * Features, those installed later, then the installation's files, then the administrator's, then
   * the command line.
   */
  private static Map<String, Map<String, Object>> merge(
      Installation installation,
      FeatureSet features,
      DeployedBundles deployed,
      Path administrators,
      Map<String, Map<String, Object>> overlay,
      BundleContext context)
      throws LaunchException {
    Map<String, Map<String, Object>> merged = new TreeMap<>();
    add(merged, features.configurations());
    add(merged, deployed.configurations());
    for (Path directory : List.of(installation.config(), administrators)) {
      Map<String, Map<String, Object>> files = ConfigFiles.read(directory);
      ConfigCheck.check(context, directory, files);
      add(merged, files);
    }
    add(merged, overlay);
    return merged;
  }

  private static void add(
      Map<String, Map<String, Object>> merged, Map<String, Map<String, Object>> more) {
    more.forEach((pid, values) -> merged.computeIfAbsent(pid, p -> new TreeMap<>()).putAll(values));
  }

  private void raiseStartLevel() throws LaunchException {
    CountDownLatch raised = new CountDownLatch(1);
    framework
        .adapt(FrameworkStartLevel.class)
        .setStartLevel(
            RUNNING,
            event -> {
              if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
                raised.countDown();
              }
            });
    try {
      raised.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException(ExitStatus.INTERNAL, "Interrupted while starting.", e);
    }
  }

  /**
   * Finds what runs a command line inside the framework.
   *
   * @return empty if it did not appear within the time
   */
  public Optional<ToIntFunction<String[]>> entry(long timeoutMillis) throws InterruptedException {
    return service(
        "(&(objectClass=java.util.function.ToIntFunction)(peerworks.entry=cli))", timeoutMillis);
  }

  /**
   * Finds a service.
   *
   * @param filter well-formed
   * @return empty if it did not appear within the time
   */
  @SuppressWarnings("unchecked")
  <T> Optional<T> service(String filter, long timeoutMillis) throws InterruptedException {
    BundleContext context = framework.getBundleContext();
    try {
      ServiceTracker<Object, Object> tracker =
          new ServiceTracker<>(context, context.createFilter(filter), null);
      tracker.open();
      return Optional.ofNullable((T) tracker.waitForService(timeoutMillis));
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("No filter: " + filter, e);
    }
  }

  public BundleContext context() {
    return framework.getBundleContext();
  }

  /** Calls back once the framework has stopped, whoever stopped it. */
  void onStopped(Runnable callback) {
    Thread watch =
        new Thread(
            () -> {
              try {
                framework.waitForStop(0);
                callback.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "framework-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /**
   * Stops the framework.
   *
   * @param timeoutMillis how long to wait; 0 for as long as it takes
   * @return whether it has stopped
   */
  public boolean stop(long timeoutMillis) {
    try {
      framework.stop();
      return framework.waitForStop(timeoutMillis).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    } catch (BundleException e) {
      LOG.error("The framework does not stop", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
