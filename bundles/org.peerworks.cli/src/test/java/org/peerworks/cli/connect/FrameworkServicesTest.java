package org.peerworks.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.peerworks.cli.connect.Services.Named;

final class FrameworkServicesTest {

  @TempDir Path storage;
  private Framework framework;
  private BundleContext context;
  private final AtomicInteger held = new AtomicInteger();

  @BeforeEach
  void start() throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
    framework.start();
    context = framework.getBundleContext();
  }

  @AfterEach
  void stop() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(0);
  }

  @Test
  void aServiceIsHeldUntilTheEnd() throws InterruptedException {
    register("a");
    try (FrameworkServices services = new FrameworkServices(context)) {
      assertThat(services.await(Runnable.class, "", Duration.ofSeconds(5))).isPresent();
      assertThat(services.all(Runnable.class, "name")).hasSize(1);
      assertThat(held).hasValue(1);
    }
    assertThat(held).hasValue(0);
  }

  @Test
  void aServiceMayComeLater() {
    try (FrameworkServices services = new FrameworkServices(context)) {
      CompletableFuture<Boolean> found =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return services
                      .await(Runnable.class, "(name=b)", Duration.ofMinutes(1))
                      .isPresent();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      register("a");
      assertThat(found).isNotDone();
      register("b");
      assertThat(found.orTimeout(1, TimeUnit.MINUTES).join()).isTrue();
    }
  }

  @Test
  void servicesThatAreThereAreNamed() throws InterruptedException {
    register("a");
    register("b");
    try (FrameworkServices services = new FrameworkServices(context)) {
      assertThat(services.all(Runnable.class, "name"))
          .extracting(Named::name)
          .containsExactlyInAnyOrder("a", "b");
      assertThat(services.await(Comparable.class, "", Duration.ofMillis(1))).isEmpty();
    }
  }

  private void register(String name) {
    Dictionary<String, Object> properties = new Hashtable<>(Map.of("name", name));
    context.registerService(Runnable.class, new Counted(), properties);
  }

  private final class Counted implements ServiceFactory<Runnable> {
    @Override
    public Runnable getService(Bundle bundle, ServiceRegistration<Runnable> registration) {
      held.incrementAndGet();
      return () -> {};
    }

    @Override
    public void ungetService(
        Bundle bundle, ServiceRegistration<Runnable> registration, Runnable service) {
      held.decrementAndGet();
    }
  }
}
