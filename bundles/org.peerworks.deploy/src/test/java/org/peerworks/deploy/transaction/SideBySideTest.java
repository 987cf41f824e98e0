package org.peerworks.deploy.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.peerworks.deploy.TestBundle;
import org.peerworks.deploy.TestFramework;
import org.peerworks.deploy.fixture.Job;
import org.peerworks.deploy.transaction.Outcome.Result;

/** A bundle whose job types have jobs stays beside its successor until they have ended. */
class SideBySideTest {

  private static final String TYPE =
      "<property name=\"job.type\" value=\"idle\"/><service><provide"
          + " interface=\"org.peerworks.job.api.JobType\"/></service>";

  @TempDir Path directory;

  private final BlockingQueue<Outcome> heard = new LinkedBlockingQueue<>();
  private TestFramework framework;
  private FakeTypes types;

  @BeforeEach
  void start() throws Exception {
    framework =
        TestFramework.start(
            directory.resolve("data"), "", TestFramework.config(Map.of("signatures", "off")));
    types = new FakeTypes(framework.context());
    framework.deployer().useTypes(types);
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  private Path jar(String version) throws Exception {
    return TestBundle.of("job", version)
        .header("Import-Package", "org.peerworks.job.api")
        .component(
            Job.class,
            false,
            "<property name=\"job.type\" value=\"idle\"/><service><provide"
                + " interface=\"org.peerworks.job.api.JobType\"/></service>")
        .write(directory.resolve("job-" + version + ".jar"));
  }

  private Outcome install(String version) throws Exception {
    Outcome outcome =
        framework.deployer().install(jar(version).toString(), Optional.empty(), "test", false);
    assertThat(outcome.reason()).isEmpty();
    return outcome;
  }

  private List<String> running() {
    return Arrays.stream(framework.context().getBundles())
        .filter(bundle -> "job".equals(bundle.getSymbolicName()))
        .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
        .map(bundle -> bundle.getVersion().toString())
        .sorted()
        .toList();
  }

  private Outcome letGo() throws Exception {
    framework.deployer().letGo(heard::add);
    return heard.poll(60, TimeUnit.SECONDS);
  }

  @Test
  void theOldVersionGoesWhenItsJobsHaveEnded() throws Exception {
    install("1.0.0");
    types.running("1.0.0", 2);
    Outcome update = install("1.1.0");
    assertThat(update.plan()).contains("leaves     job 1.0.0, when its jobs have ended");
    assertThat(running()).containsExactly("1.0.0", "1.1.0");
    assertThat(types.retired()).containsExactly("1.0.0");

    types.running("1.0.0", 0);
    assertThat(letGo().plan()).containsExactly("removed    job 1.0.0");
    assertThat(running()).containsExactly("1.1.0");
    assertThat(framework.deployer().deployed().leaving()).isEmpty();
  }

  @Test
  void bothVersionsAreKnownToTheNextStart() throws Exception {
    install("1.0.0");
    types.running("1.0.0", 1);
    install("1.1.0");
    framework.close();
    start();
    assertThat(running()).containsExactly("1.0.0", "1.1.0");
    assertThat(framework.deployer().deployed().leaving()).containsExactly("job 1.0.0");
  }

  @Test
  void aRollbackLetsJobsOfTheNewVersionEndToo() throws Exception {
    Outcome first = install("1.0.0");
    types.running("1.0.0", 1);
    install("1.1.0");
    types.running("1.1.0", 1);
    assertThat(framework.deployer().rollback(first.number(), "test", false).result())
        .isEqualTo(Result.INSTALLED);
    assertThat(running()).containsExactly("1.0.0", "1.1.0");
    assertThat(types.retired()).containsExactly("1.1.0");
    types.running("1.1.0", 0);
    assertThat(letGo().plan()).containsExactly("removed    job 1.1.0");
    assertThat(running()).containsExactly("1.0.0");
  }

  @Test
  void aWithdrawnVersionGivesWayToTheOneBefore() throws Exception {
    install("1.0.0");
    install("1.1.0");
    assertThat(letGo().plan()).containsExactly("removed    job 1.0.0");
    types.running("1.1.0", 1);
    long bad = framework.bundle("job").orElseThrow().getBundleId();
    framework.deployer().withdraw(bad, "2 of its first 2 jobs failed", heard::add);
    Outcome back = heard.poll(60, TimeUnit.SECONDS);
    assertThat(back.plan())
        .containsExactly("added      job 1.0.0", "leaves     job 1.1.0, when its jobs have ended");
    assertThat(framework.deployer().journal())
        .last()
        .satisfies(
            entry ->
                assertThat(entry.what())
                    .isEqualTo("roll back job 1.1.0: 2 of its first 2 jobs failed"));
    assertThat(types.retired()).containsExactly("1.1.0");
    types.running("1.1.0", 0);
    assertThat(letGo().plan()).containsExactly("removed    job 1.1.0");
    assertThat(running()).containsExactly("1.0.0");
  }

  @Test
  void aRemovedBundleStaysUntilItsJobsHaveEnded() throws Exception {
    install("1.0.0");
    types.running("1.0.0", 1);
    framework.deployer().remove("job", "test", false);
    assertThat(running()).containsExactly("1.0.0");
    types.running("1.0.0", 0);
    assertThat(letGo().plan()).containsExactly("removed    job 1.0.0");
    assertThat(running()).isEmpty();
  }

  @Test
  void theVersionThatLeavesCanBeTakenBackButNotReplaced() throws Exception {
    Path old = jar("1.0.0");
    assertThat(
            framework.deployer().install(old.toString(), Optional.empty(), "test", false).isGood())
        .isTrue();
    types.running("1.0.0", 1);
    install("1.1.0");
    types.running("1.1.0", 1);
    Path other =
        TestBundle.of("job", "1.0.0")
            .header("Changed", "yes")
            .write(directory.resolve("other.jar"));
    assertThat(
            framework
                .deployer()
                .update("job", other.toString(), Optional.empty(), "test", false)
                .reason())
        .contains("job 1.0.0 is still here with other content");
    Outcome back =
        framework.deployer().update("job", old.toString(), Optional.empty(), "test", false);
    assertThat(back.reason()).isEmpty();
    assertThat(types.retired()).containsExactly("1.1.0");
  }

  @Test
  void aBundleIsRestartedForAnotherOnlyWhenItsJobsHaveEnded() throws Exception {
    Path library = library("1.0.0");
    framework.deployer().install(library.toString(), Optional.empty(), "test", false);
    Path user =
        TestBundle.of("job", "1.0.0")
            .header("Import-Package", "org.peerworks.job.api,com.example.lib")
            .component(Job.class, false, TYPE)
            .write(directory.resolve("user.jar"));
    framework.deployer().install(user.toString(), Optional.empty(), "test", false);
    types.running("1.0.0", 1);
    CompletableFuture<Outcome> update =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return framework
                    .deployer()
                    .install(library("1.1.0").toString(), Optional.empty(), "test", false);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    await().atMost(Duration.ofSeconds(60)).until(() -> types.retired().contains("1.0.0"));
    assertThat(running()).containsExactly("1.0.0");
    assertThat(update).isNotDone();
    types.running("1.0.0", 0);
    Outcome outcome = update.get(60, TimeUnit.SECONDS);
    assertThat(outcome.reason()).isEmpty();
    assertThat(outcome.plan()).hasSize(2);
    assertThat(running()).containsExactly("1.0.0");
    assertThat(types.retired()).isEmpty();
  }

  private Path library(String version) throws Exception {
    return TestBundle.of("library", version)
        .header("Export-Package", "com.example.lib;version=\"" + version + "\"")
        .entry("com/example/lib/x", new byte[] {1})
        .write(directory.resolve("library-" + version + ".jar"));
  }
}
