package org.peerworks.doctor.checks;

import java.time.Duration;
import java.util.List;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;

/** Whether this Java can run Peerworks, natives included. */
final class JavaCheck implements Check {

  private static final int OLDEST = 17;
  private static final long LEAST_HEAP = 200L << 20;

  @Override
  public String name() {
    return "Java";
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(10);
  }

  @Override
  public List<Finding> run() {
    return List.of(
        judge(
            Runtime.version().feature(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().maxMemory()));
  }

  static Finding judge(int feature, String system, String architecture, long heap) {
    String found =
        "Java %d (%s) on %s %s, heap %d MiB"
            .formatted(feature, System.getProperty("java.home"), system, architecture, heap >> 20);
    if (feature < OLDEST) {
      return Finding.error(
          found, "Install Java 17 or newer: apt-get install openjdk-17-jre-headless");
    }
    if (!system.equals("Linux") || !architecture.equals("amd64")) {
      return Finding.error(
          found, "WebRTC's native library is for Linux on x86-64; use a Java for it.");
    }
    if (heap < LEAST_HEAP) {
      return Finding.warning(
          found, "Give it more memory: PEERWORKS_JAVA_OPTS=-Xmx512m, or a larger machine.");
    }
    return Finding.ok(found);
  }
}
