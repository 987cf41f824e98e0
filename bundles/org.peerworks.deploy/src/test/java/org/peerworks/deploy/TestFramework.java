package org.peerworks.deploy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.tracker.ServiceTracker;
import org.peerworks.deploy.transaction.Config;
import org.peerworks.deploy.transaction.Deployer;

/** A framework with components, and a deployer in it. */
public final class TestFramework implements AutoCloseable {

  private static final String EXTRA =
      "org.osgi.service.component;version=1.5.1,org.osgi.service.component.runtime;version=1.5,"
          + "org.osgi.service.component.runtime.dto;version=1.5,org.osgi.util.promise;version=1.3,"
          + "org.osgi.util.function;version=1.2,org.osgi.service.cm;version=1.6.1,"
          + "org.peerworks.job.api;version=1.0";

  private final Framework framework;
  private final Deployer deployer;

  private TestFramework(Framework framework, Deployer deployer) {
    this.framework = framework;
    this.deployer = deployer;
  }

  /** Starts with what is in the data directory. */
  public static TestFramework start(Path data) throws Exception {
    return start(data, "", config(Map.of()));
  }

  /**
   * @param shipped value of the framework property
   */
  public static TestFramework start(Path data, String shipped, Config config) throws Exception {
    Map<String, Object> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, data.resolve("framework").toString());
    properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, EXTRA);
    properties.put("peerworks.data", data.toString());
    properties.put("peerworks.shipped", shipped);
    properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "20");
    properties.put("felix.log.level", "1");
    properties.put("ds.loglevel", "error");
    Framework framework = new FrameworkFactory().newFramework(properties);
    framework.start();
    BundleContext context = framework.getBundleContext();
    String scr =
        Class.forName("org.apache.felix.scr.impl.Activator")
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toString();
    if (context.getBundle(scr) == null) {
      context.installBundle(scr).start();
    }
    ServiceTracker<ServiceComponentRuntime, ServiceComponentRuntime> tracker =
        new ServiceTracker<>(context, ServiceComponentRuntime.class, null);
    tracker.open();
    ServiceComponentRuntime components = tracker.waitForService(TimeUnit.SECONDS.toMillis(60));
    return new TestFramework(framework, new Deployer(context, components, admin(context), config));
  }

  private static ConfigurationAdmin admin(BundleContext context) throws Exception {
    String bundle =
        Class.forName("org.apache.felix.cm.impl.ConfigurationManager")
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toString();
    if (context.getBundle(bundle) == null) {
      context.installBundle(bundle).start();
    }
    ServiceTracker<ConfigurationAdmin, ConfigurationAdmin> tracker =
        new ServiceTracker<>(context, ConfigurationAdmin.class, null);
    tracker.open();
    return tracker.waitForService(TimeUnit.SECONDS.toMillis(60));
  }

  public Deployer deployer() {
    return deployer;
  }

  public BundleContext context() {
    return framework.getBundleContext();
  }

  public Optional<Bundle> bundle(String name) {
    return Arrays.stream(context().getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .findFirst();
  }

  /** The version of a bundle that runs, or what is wrong with it. */
  public String runs(String name) {
    return Arrays.stream(context().getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
        .map(bundle -> bundle.getVersion().toString())
        .findFirst()
        .orElseGet(() -> bundle(name).isEmpty() ? "not installed" : "not active");
  }

  /** The defaults, save for some. */
  public static Config config(Map<String, Object> values) {
    return (Config)
        java.lang.reflect.Proxy.newProxyInstance(
            Config.class.getClassLoader(),
            new Class<?>[] {Config.class},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  @Override
  public void close() throws BundleException {
    deployer.close();
    framework.stop();
    try {
      framework.waitForStop(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
