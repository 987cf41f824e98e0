package org.peerworks.job.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.scr.info.ScrInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.ComponentContext;
import org.osgi.util.promise.Promise;
import org.osgi.util.tracker.ServiceTracker;
import org.peerworks.files.api.Mounts;
import org.peerworks.job.api.JobType;
import org.slf4j.Logger;

/**
 * An OSGi framework in the test's own JVM, with Declarative Services: what a worker has, without
 * its job engine. Contracts come from the test's class path, so that a test can call what bundles
 * register. For one test at a time.
 */
public final class TestFramework implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 60_000;

  /** What Declarative Services are made of, in the order to install. */
  private static final List<Class<?>> COMPONENTS =
      List.of(
          org.osgi.util.function.Function.class,
          Promise.class,
          ComponentContext.class,
          ScrInfo.class);

  private final Framework framework;

  private TestFramework(Framework framework) {
    this.framework = framework;
  }

  /**
   * Starts one.
   *
   * @param storage an empty directory for the framework's own files
   * @param contracts a class of each further {@code .api} bundle that the bundles under test
   *     import; those of jobs and files are there, and slf4j
   */
  public static TestFramework start(Path storage, Class<?>... contracts)
      throws BundleException, IOException {
    List<String> packages = new ArrayList<>();
    for (Class<?> contract :
        Stream.concat(Stream.of(JobType.class, Mounts.class, Logger.class), Stream.of(contracts))
            .toList()) {
      packages.add(manifest(contract).getMainAttributes().getValue(Constants.EXPORT_PACKAGE));
    }
    Framework framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    storage.toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    String.join(",", packages)));
    framework.start();
    TestFramework started = new TestFramework(framework);
    for (Class<?> component : COMPONENTS) {
      started.install(jar(component));
    }
    return started;
  }

  /**
   * Installs a bundle and starts it.
   *
   * @throws BundleException it cannot be; names the package or capability that is missing
   */
  public Bundle install(Path jar) throws BundleException {
    Bundle bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
    bundle.start();
    return bundle;
  }

  /**
   * A service of a bundle; waits a minute for it.
   *
   * @param filter as LDAP, for example {@code (job.type=train)}
   * @throws AssertionError there is none; says what its bundles have instead
   */
  public <T> Service<T> service(Class<T> type, String filter) throws InterruptedException {
    ServiceTracker<T, T> tracker;
    try {
      tracker =
          new ServiceTracker<>(
              framework.getBundleContext(),
              framework
                  .getBundleContext()
                  .createFilter("(&(objectClass=" + type.getName() + ")" + filter + ")"),
              null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("'" + filter + "' is no filter.", e);
    }
    tracker.open();
    try {
      T service = tracker.waitForService(PATIENCE_MILLIS);
      if (service == null) {
        throw new AssertionError(
            "There is no " + type.getSimpleName() + " with " + filter + ". There are: " + all());
      }
      return new Service<>(service, tracker.getServiceReference());
    } finally {
      tracker.close();
    }
  }

  /**
   * What a bundle has registered.
   *
   * @param object the service itself
   * @param reference its properties and its bundle
   */
  public record Service<T>(T object, ServiceReference<T> reference) {

    /** A property as text; empty if it is not set. */
    public Optional<String> property(String name) {
      return Optional.ofNullable(reference.getProperty(name)).map(Object::toString);
    }
  }

  private String all() {
    return Stream.of(framework.getBundleContext().getBundles())
        .filter(bundle -> bundle.getRegisteredServices() != null)
        .flatMap(bundle -> Stream.of(bundle.getRegisteredServices()))
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }

  private static Path jar(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The class path has an address that is none.", e);
    }
  }

  private static Manifest manifest(Class<?> type) throws IOException {
    Path place = jar(type);
    if (Files.isDirectory(place)) {
      try (InputStream in = Files.newInputStream(place.resolve(JarFile.MANIFEST_NAME))) {
        return new Manifest(in);
      }
    }
    try (JarFile jar = new JarFile(place.toFile())) {
      return jar.getManifest();
    }
  }

  /** Stops it; returns when it has ended, or this thread is interrupted. */
  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
