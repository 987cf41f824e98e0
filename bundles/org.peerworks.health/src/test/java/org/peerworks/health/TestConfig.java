package org.peerworks.health;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Settings for tests, and a framework to run them in. */
public record TestConfig(
    int httpPort, int watchdogSeconds, String[] readyLevels, int diskWarnGigabytes)
    implements Config {

  public static TestConfig watching(int seconds) {
    return new TestConfig(-1, seconds, new String[] {"framework", "store", "jobs"}, 0);
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return Config.class;
  }

  /** Started, without any bundle. */
  public static Framework framework(Path directory) throws BundleException {
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    directory.resolve("framework").toString(),
                    "peerworks.data",
                    directory.toString()));
    framework.start();
    return framework;
  }

  /** A framework's own context. */
  public static BundleContext context(Framework framework) {
    return framework.getBundleContext();
  }
}
