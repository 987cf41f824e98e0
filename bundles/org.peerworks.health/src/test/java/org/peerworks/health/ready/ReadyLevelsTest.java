package org.peerworks.health.ready;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.condition.Condition;
import org.peerworks.health.TestConfig;
import org.peerworks.health.api.Readiness;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.signaling.api.Room;

/** In a real framework: the services are stand-ins, the conditions are not. */
class ReadyLevelsTest {

  @TempDir private Path temp;
  private Framework framework;
  private BundleContext context;
  private ReadyLevels levels;

  @BeforeEach
  void start() throws BundleException {
    framework = TestConfig.framework(temp);
    context = framework.getBundleContext();
    levels = new ReadyLevels(context, Clock.systemUTC(), Duration.ZERO);
    levels.start();
  }

  @AfterEach
  void stop() throws Exception {
    levels.stop();
    framework.stop();
    framework.waitForStop(60_000);
  }

  private List<String> conditions() throws InvalidSyntaxException {
    List<String> names = new ArrayList<>();
    for (ServiceReference<Condition> one : context.getServiceReferences(Condition.class, null)) {
      String id = String.valueOf(one.getProperty(Condition.CONDITION_ID));
      if (id.startsWith(Readiness.CONDITION)) {
        names.add(id.substring(Readiness.CONDITION.length()));
      }
    }
    return names;
  }

  private String waitsFor(String name) {
    return levels.readiness().stream()
        .filter(level -> level.name().equals(name))
        .findFirst()
        .orElseThrow()
        .waitsFor();
  }

  private <T> ServiceReference<T> offer(Class<T> type) {
    return context.registerService(type, standIn(type, () -> false), null).getReference();
  }

  private static <T> T standIn(Class<T> type, java.util.function.BooleanSupplier answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "connected" -> answer.getAsBoolean();
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> null;
                }));
  }

  @Test
  void eachLevelSaysWhatItWaitsForUntilItIsReachedAndThenIsACondition() throws Exception {
    assertThat(conditions()).containsExactly("framework");
    assertThat(waitsFor("store")).contains("job engine");
    assertThat(waitsFor("jobs")).contains("job engine");

    levels.setJobs(offer(JobAccess.class));
    assertThat(conditions()).contains("store").doesNotContain("jobs");
    assertThat(waitsFor("jobs")).contains("program executor");
    levels.setPrograms(offer(ProgramExecutor.class));
    assertThat(waitsFor("jobs")).contains("job type");
    ServiceReference<JobType> type = offer(JobType.class);
    levels.addType(type);
    assertThat(conditions()).contains("jobs");

    levels.removeType(type);
    assertThat(conditions()).doesNotContain("jobs");
    assertThat(waitsFor("jobs")).contains("job type");
  }

  @Test
  void aRoomWhoseServerCannotBeReachedIsNoReadyOne() throws Exception {
    AtomicBoolean connected = new AtomicBoolean(true);
    levels.setRoom(standIn(Room.class, connected::get));
    assertThat(conditions()).contains("room");

    connected.set(false);
    levels.look();
    assertThat(conditions()).doesNotContain("room");
    assertThat(waitsFor("room")).contains("signalling server");
  }

  @Test
  void aBundleThatIsMeantToRunAndDoesNotIsNamed() throws Exception {
    Bundle bad = context.installBundle("bad", new ByteArrayInputStream(jar("no.such.Activator")));
    AtomicInteger told = new AtomicInteger();
    levels.onChange(told::incrementAndGet);
    try {
      bad.start();
    } catch (BundleException e) {
      assertThat(bad.getState()).isNotEqualTo(Bundle.ACTIVE);
    }
    levels.look();

    // The framework's own thread may have been faster, and still be telling.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(waitsFor("framework")).contains("bad.bundle");
              assertThat(conditions()).doesNotContain("framework");
              assertThat(told.get()).isPositive();
            });

    bad.uninstall();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(conditions()).contains("framework"));
  }

  @Test
  void aBundleThatIsJustBeingStartedIsNoLoss() throws Exception {
    levels.stop();
    levels = new ReadyLevels(context, Clock.systemUTC(), Duration.ofDays(1));
    levels.start();
    Bundle bad = context.installBundle("bad", new ByteArrayInputStream(jar("no.such.Activator")));
    assertThatThrownBy(bad::start).isInstanceOf(BundleException.class);
    levels.look();
    assertThat(conditions()).contains("framework");
  }

  @Test
  void whoIsStartedByAConditionMayChangeAnotherLevel() throws Exception {
    context.addServiceListener(
        event -> {
          if (event.getServiceReference().getProperty(Condition.CONDITION_ID) != null) {
            levels.setPrograms(offer(ProgramExecutor.class));
            levels.addType(offer(JobType.class));
          }
        },
        "(osgi.condition.id=org.peerworks.ready.store)");

    levels.setJobs(offer(JobAccess.class));

    assertThat(conditions()).contains("store", "jobs");
  }

  @Test
  void nothingIsOfferedAfterTheEnd() throws Exception {
    levels.setJobs(offer(JobAccess.class));
    levels.stop();

    assertThat(conditions()).isEmpty();
    levels.look();
    assertThat(conditions()).isEmpty();
  }

  private static byte[] jar(String activator) throws IOException {
    Manifest manifest = new Manifest();
    Map.of(
            "Manifest-Version", "1.0",
            "Bundle-ManifestVersion", "2",
            "Bundle-SymbolicName", "bad.bundle",
            "Bundle-Activator", activator)
        .forEach((k, v) -> manifest.getMainAttributes().put(new Attributes.Name(k), v));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }
}
