package org.peerworks.itests.exam;

import static org.ops4j.pax.exam.CoreOptions.bootClasspathLibrary;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.ops4j.pax.exam.Option;
import org.peerworks.launcher.FeatureSet;
import org.peerworks.launcher.Installation;
import org.peerworks.launcher.LaunchException;
import org.peerworks.launcher.PinnedBundle;

/** The features that are shipped, as Pax Exam's options. */
final class Containers {

  private static final String SLF4J = ";version=\"2.0.17\"";

  /** Pax Exam's own bundles still ask for slf4j 1. */
  private static final String SLF4J_1 = ";version=\"1.7.36\"";

  private Containers() {}

  /**
   * Everything that a framework needs, but configuration, and but the trainer, which no test here
   * needs.
   */
  static Option features(Path data, String... names) throws LaunchException {
    Installation installation =
        Installation.at(Path.of(System.getProperty("peerworks.worker.home")));
    Option[] bundles =
        FeatureSet.read(installation, List.of(names)).bundles().stream()
            .filter(bundle -> !bundle.id().contains(":org.peerworks.pose:"))
            .map(Containers::pinned)
            .toArray(Option[]::new);
    return composite(
        composite(bundles),
        frameworkStartLevel(20),
        library("slf4j-api"),
        library("logback-classic"),
        library("logback-core"),
        library("picocli"),
        systemProperty("logback.configurationFile")
            .value(
                Path.of("../../tools/logback-test.xml")
                    .toAbsolutePath()
                    .normalize()
                    .toUri()
                    .toString()),
        systemPackages(
            "org.slf4j" + SLF4J,
            "org.slf4j.event" + SLF4J,
            "org.slf4j.helpers" + SLF4J,
            "org.slf4j.spi" + SLF4J,
            "org.slf4j" + SLF4J_1,
            "org.slf4j.helpers" + SLF4J_1,
            "picocli;version=\"4.7.7\""),
        frameworkProperty("org.apache.felix.http.enable").value("false"),
        frameworkProperty("peerworks.home").value(installation.home().toString()),
        frameworkProperty("peerworks.data").value(data.toString()),
        frameworkProperty("peerworks.version").value("test"));
  }

  private static Option pinned(PinnedBundle bundle) {
    return bundle(bundle.file().toUri().toString()).startLevel(bundle.startLevel());
  }

  /** A jar of this test's class path, by the start of its name. */
  private static Option library(String name) {
    String jar =
        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
            .filter(path -> Path.of(path).getFileName().toString().startsWith(name + "-"))
            .findFirst()
            .orElseThrow();
    URI uri = Path.of(jar).toUri();
    return bootClasspathLibrary(uri.toString());
  }
}
