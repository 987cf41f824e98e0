package org.peerworks.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.peerworks.cli.command.LaunchPlan;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;

/** Starts a framework with a client's bundles, and lets it send bytes from peer to peer. */
final class TransferCheck implements Check {

  private static final long SERVICE_MILLIS = 20_000;
  private static final String TRANSPORT = "org.peerworks.transport.webrtc";
  private static final long STOP_MILLIS = 4_000;
  private static final String SERVICE =
      "(&(objectClass=java.util.concurrent.Callable)(peerworks.check=transfer))";

  private final Installation installation;
  private final LaunchPlan plan;
  private final Path directory;

  /**
   * @param directory for the framework, which goes with the process
   */
  TransferCheck(Installation installation, LaunchPlan plan, Path directory) {
    this.installation = installation;
    this.plan = plan;
    this.directory = directory;
  }

  @Override
  public String name() {
    return "Transfer";
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(90);
  }

  @Override
  public List<Finding> run() throws Exception {
    Appliance appliance;
    try {
      Path data = Files.createDirectories(directory.resolve("data"));
      FeatureSet features = FeatureSet.read(installation, plan.features());
      appliance =
          Appliance.start(installation, features, data, directory.resolve("framework"), sites());
    } catch (LaunchException e) {
      return List.of(
          Finding.error(
              "The framework does not start: " + e.getMessage(),
              "Unpack the archive again if the installation is damaged."));
    }
    try {
      return List.of(transfer(appliance));
    } finally {
      appliance.stop(STOP_MILLIS);
    }
  }

  /** The transport as the administrator has configured it; the rest matters to no transfer. */
  private Map<String, Map<String, Object>> sites() throws LaunchException {
    Map<String, Map<String, Object>> sites = new HashMap<>(plan.configuration());
    Map<String, Object> transport =
        ConfigFiles.read(plan.dataDirectory().resolve("config")).get(TRANSPORT);
    if (transport != null) {
      sites.put(TRANSPORT, transport);
    }
    return sites;
  }

  private static Finding transfer(Appliance appliance) throws InterruptedException {
    Optional<Callable<String>> transfer = appliance.service(SERVICE, SERVICE_MILLIS);
    if (transfer.isEmpty()) {
      return Finding.error(
          "No transport has started",
          "Correct what is said of '"
              + TRANSPORT
              + ".cfg', if anything is; else see whether 'bundles/' of the installation is whole.");
    }
    try {
      return Finding.ok(transfer.get().call());
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return Finding.error(
          e.getMessage() == null ? e.toString() : e.getMessage(),
          "Mend what is wrong above first; jobs need this to work.");
    }
  }
}
