package org.peerworks.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.peerworks.deploy.state.DeployedBundle;
import org.peerworks.deploy.state.DeployedState;
import org.peerworks.deploy.state.JournalEntry;
import org.peerworks.deploy.state.JournalEntry.Event;
import org.peerworks.deploy.state.StateStore;
import org.peerworks.lib.files.FileTrees;

/** What was installed at run time is there after a start, whatever became of the framework. */
class DeployedBundlesTest {

  @TempDir Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  @Test
  void whatWasInstalledSurvivesTheLossOfTheFrameworksDirectory() throws Exception {
    TestInstallation installation = installation().bundle("one", "shipped");
    DeployedBundle extra = store("extra", "1.0");
    commit(extra);
    assertThat(contents(installation)).containsEntry("extra", "1.0").containsEntry("one", "1.0");
    FileTrees.delete(data().resolve("framework"));
    assertThat(contents(installation)).containsEntry("extra", "1.0").containsEntry("one", "1.0");
    commit();
    assertThat(contents(installation)).doesNotContainKey("extra").containsEntry("one", "1.0");
  }

  @Test
  void anUpdateOfAShippedBundleCountsOnlyWhileItsVersionIsHigher() throws Exception {
    TestInstallation installation = installation().bundle("one", "shipped");
    commit(store("one", "1.5"));
    assertThat(contents(installation)).containsEntry("one", "1.5");

    TestInstallation upgraded = installation().bundle("one", "2.0", "upgraded");
    assertThat(contents(upgraded)).containsEntry("one", "2.0");
    StateStore store = StateStore.open(data(), 0);
    assertThat(store.current().bundles()).isEmpty();
    List<JournalEntry> journal = store.journal();
    assertThat(journal.get(journal.size() - 1))
        .returns(Event.DROPPED, JournalEntry::event)
        .returns("one 1.5", JournalEntry::what)
        .returns("The distribution now brings version 2.0.0, which counts.", JournalEntry::reason);
  }

  @Test
  void whatWaitedForARestartIsTriedOnceAndNotAgainIfNobodyCommittedIt() throws Exception {
    TestInstallation installation = installation().bundle("one", "shipped");
    StateStore store = StateStore.open(data(), 0);
    DeployedBundle update = store("one", "1.5");
    store.defer(
        store.begin("update one", "test", List.of()),
        new DeployedState(0, List.of(update), List.of(), Set.of()),
        "Restart to update.");
    assertThat(contents(installation)).containsEntry("one", "1.5");
    assertThat(contents(installation)).containsEntry("one", "1.0");
    assertThat(StateStore.open(data(), 0).last(1).orElseThrow().event())
        .isEqualTo(Event.ROLLED_BACK);
  }

  @Test
  void aDamagedJarDoesNotKeepTheWorkerFromStarting() throws Exception {
    TestInstallation installation = installation().bundle("one", "shipped");
    DeployedBundle extra = store("extra", "1.0");
    commit(extra);
    Files.writeString(StateStore.open(data(), 0).jars().file(extra.sha256()), "damaged");
    assertThat(contents(installation)).doesNotContainKey("extra").containsEntry("one", "1.0");
  }

  /** Starts, and reads names and versions of what runs. */
  private Map<String, String> contents(TestInstallation installation) throws Exception {
    Appliance appliance =
        Appliance.start(
            installation.installation(),
            installation.featuresOf("all", "admin"),
            data(),
            data().resolve("framework"),
            Map.of());
    try {
      return Arrays.stream(appliance.context().getBundles())
          .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
          .collect(
              java.util.stream.Collectors.toMap(
                  Bundle::getSymbolicName,
                  bundle -> bundle.getVersion().getMajor() + "." + bundle.getVersion().getMinor()));
    } finally {
      appliance.stop(60_000);
    }
  }

  private TestInstallation installation() throws IOException {
    return new TestInstallation(directory.resolve("home"));
  }

  private DeployedBundle store(String name, String version) throws IOException {
    StateStore store = StateStore.open(data(), 0);
    Path jar = store.jars().newIncoming().resolve("new.jar");
    TestInstallation.writeBundle(jar, name, version, "deployed");
    String sha256 = BundleInstaller.sha256(jar);
    store.jars().add(jar, sha256);
    return new DeployedBundle(name, version, sha256, 10, true, "", jar.toString(), "");
  }

  private void commit(DeployedBundle... bundles) throws IOException {
    StateStore store = StateStore.open(data(), 0);
    store.commit(
        store.begin("install", "test", List.of()),
        new DeployedState(0, List.of(bundles), List.of(), Set.of()));
  }
}
