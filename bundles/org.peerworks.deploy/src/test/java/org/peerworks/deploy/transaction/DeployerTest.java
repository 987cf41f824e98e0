package org.peerworks.deploy.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.peerworks.deploy.TestBundle;
import org.peerworks.deploy.TestFramework;
import org.peerworks.deploy.fixture.Fine;
import org.peerworks.deploy.state.DeployedBundle;
import org.peerworks.deploy.state.JournalEntry.Event;
import org.peerworks.deploy.transaction.Outcome.Result;

/** Bundles are installed, updated, removed and rolled back. */
class DeployerTest {

  @TempDir Path directory;

  private TestFramework framework;

  @BeforeEach
  void start() throws Exception {
    framework = TestFramework.start(directory.resolve("data"));
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  private Outcome install(Path jar) {
    return framework.deployer().install(jar.toString(), Optional.empty(), "test", false);
  }

  private Path jar(TestBundle bundle) throws Exception {
    return bundle.write(Files.createTempFile(directory, "bundle", ".jar"));
  }

  @Test
  void aBundleIsInstalledUpdatedRolledBackAndRemoved() throws Exception {
    Outcome first = install(jar(TestBundle.of("fine", "1.0.0").delayed(Fine.class)));
    assertThat(first.reason()).isEmpty();
    assertThat(first.plan()).containsExactly("added      fine 1.0.0");
    assertThat(framework.runs("fine")).isEqualTo("1.0.0");

    Outcome second = install(jar(TestBundle.of("fine", "1.1.0").delayed(Fine.class)));
    assertThat(second.reason()).isEmpty();
    assertThat(second.plan()).containsExactly("replaced   fine 1.0.0 by 1.1.0");
    assertThat(framework.runs("fine")).isEqualTo("1.1.0");

    Outcome back = framework.deployer().rollback(first.number(), "test", false);
    assertThat(back.result()).isEqualTo(Result.INSTALLED);
    assertThat(framework.runs("fine")).isEqualTo("1.0.0");

    assertThat(framework.deployer().remove("fine", "test", false).isGood()).isTrue();
    assertThat(framework.bundle("fine")).isEmpty();
    assertThat(framework.deployer().journal())
        .filteredOn(entry -> entry.event() == Event.COMMITTED)
        .hasSize(4);
  }

  @Test
  void theSameVersionTwiceIsRefusedAndSaysWhetherTheContentDiffers() throws Exception {
    Path jar = jar(TestBundle.of("fine", "1.0.0"));
    install(jar);
    assertThat(install(jar).reason()).isEqualTo("fine 1.0.0 is already installed.");
    Path other = jar(TestBundle.of("fine", "1.0.0").header("Changed", "yes"));
    assertThat(install(other).reason())
        .contains("fine 1.0.0 is already installed with other content");
    Path older = jar(TestBundle.of("fine", "0.9.0"));
    assertThat(install(older).reason()).contains("fine 0.9.0 is older than 1.0.0");
  }

  @Test
  void aMissingPackageIsNamedDownToTheRootCauseAndNothingStaysInstalled() throws Exception {
    Outcome outcome =
        install(
            jar(
                TestBundle.of("needy", "1.0.0")
                    .header("Import-Package", "com.example.gone;version=\"[1.2,2)\"")));
    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.reason())
        .contains("needy 1.0.0 needs package com.example.gone [1.2.0,2.0.0); nobody offers it");
    assertThat(framework.bundle("needy")).isEmpty();
    assertThat(Files.list(directory.resolve("data/bundles/jars"))).isEmpty();
  }

  @Test
  void anUpdateThatTakesAPackageFromAnotherBundleIsRefused() throws Exception {
    byte[] content = {1};
    install(
        jar(
            TestBundle.of("library", "1.0.0")
                .header("Export-Package", "com.example.lib;version=\"1.0\"")
                .entry("com/example/lib/x", content)));
    install(
        jar(
            TestBundle.of("user", "1.0.0")
                .header("Import-Package", "com.example.lib;version=\"[1,2)\"")));
    Outcome outcome =
        install(
            jar(
                TestBundle.of("library", "2.0.0")
                    .header("Export-Package", "com.example.lib;version=\"2.0\"")
                    .entry("com/example/lib/x", content)));
    assertThat(outcome.reason())
        .contains(
            "user 1.0.0 needs package com.example.lib [1.0.0,2.0.0); there is only version 2.0.0");
    assertThat(framework.runs("library")).isEqualTo("1.0.0");
    assertThat(framework.runs("user")).isEqualTo("1.0.0");
  }

  @Test
  void onlyWhatUsesTheReplacedBundleIsRestartedAndThePlanSaysWhy() throws Exception {
    byte[] content = {1};
    install(
        jar(
            TestBundle.of("library", "1.0.0")
                .header("Export-Package", "com.example.lib;version=\"1.0\"")
                .entry("com/example/lib/x", content)));
    install(
        jar(
            TestBundle.of("user", "1.0.0")
                .header("Import-Package", "com.example.lib;version=\"[1,2)\"")));
    install(jar(TestBundle.of("other", "1.0.0")));
    Path update =
        jar(
            TestBundle.of("library", "1.1.0")
                .header("Export-Package", "com.example.lib;version=\"1.1\"")
                .entry("com/example/lib/x", content));
    Bundle other = framework.bundle("other").orElseThrow();
    Outcome dry = framework.deployer().install(update.toString(), Optional.empty(), "test", true);
    assertThat(dry.plan())
        .containsExactly(
            "replaced   library 1.0.0 by 1.1.0",
            "restarted  user 1.0.0, which uses package com.example.lib of library 1.0.0");
    assertThat(framework.runs("library")).isEqualTo("1.0.0");
    assertThat(install(update).reason()).isEmpty();
    assertThat(framework.runs("library")).isEqualTo("1.1.0");
    assertThat(framework.runs("user")).isEqualTo("1.0.0");
    assertThat(other.getState()).isEqualTo(Bundle.ACTIVE);
  }

  @Test
  void aRemovedBundleThatOthersNeedStays() throws Exception {
    install(
        jar(
            TestBundle.of("library", "1.0.0")
                .header("Export-Package", "com.example.lib;version=\"1.0\"")
                .entry("com/example/lib/x", new byte[] {1})));
    install(jar(TestBundle.of("user", "1.0.0").header("Import-Package", "com.example.lib")));
    assertThat(framework.deployer().remove("library", "test", false).reason())
        .contains("user 1.0.0 needs package com.example.lib");
    assertThat(framework.runs("library")).isEqualTo("1.0.0");
  }

  @Test
  void whatIsDeployedIsKnownToTheNextStart() throws Exception {
    install(jar(TestBundle.of("fine", "1.0.0")));
    framework.close();
    framework = TestFramework.start(directory.resolve("data"));
    assertThat(framework.deployer().deployed().bundles())
        .extracting(DeployedBundle::title)
        .containsExactly("fine 1.0.0");
  }

  @Test
  void aFileThatIsNotTheOneThatWasMeantIsRefused() throws Exception {
    Path jar = jar(TestBundle.of("fine", "1.0.0"));
    Outcome outcome =
        framework.deployer().install(jar.toString(), Optional.of("0".repeat(64)), "test", false);
    assertThat(outcome.reason()).contains("is not the file that was meant");
  }
}
