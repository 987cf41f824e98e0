package org.peerworks.deploy.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.deploy.transaction.Deployer;

/** The shell's commands on bundles that are installed at run time. */
@Component(
    service = BundleCommands.class,
    property = {
      "peerworks.complete=install",
      "peerworks.complete=update names",
      "peerworks.complete=remove names"
    })
@GogoCommand(
    scope = "bundle",
    function = {"install", "update", "remove"})
public final class BundleCommands {

  private static final String BY = "shell";

  @Reference(
      name = "deployer",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Deployer deployer;

  @Descriptor(
      "Installs a bundle, or a higher version of one, as a whole or not at all; for example:"
          + " bundle:install --dry-run /tmp/my.job-1.0.0.jar")
  public Object install(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("only tell what would be added, replaced and restarted, and why")
          @Parameter(
              names = {"--dry-run"},
              presentValue = "true",
              absentValue = "false")
          boolean dryRun,
      @Descriptor("SHA-256 that the file must have")
          @Parameter(
              names = {"--sha256"},
              absentValue = "")
          String sha256,
      @Descriptor("path on this worker, or URL (file, http, https)") String source) {
    return Shown.of(Shown.present(deployer).install(source, hash(sha256), BY, dryRun), asJson);
  }

  @Descriptor(
      "Installs another version of a bundle; for example: bundle:update my.job"
          + " /tmp/my.job-1.1.0.jar")
  public Object update(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("only tell what would be replaced and restarted, and why")
          @Parameter(
              names = {"--dry-run"},
              presentValue = "true",
              absentValue = "false")
          boolean dryRun,
      @Descriptor("SHA-256 that the file must have")
          @Parameter(
              names = {"--sha256"},
              absentValue = "")
          String sha256,
      @Descriptor("symbolic name of the bundle") String name,
      @Descriptor("path on this worker, or URL (file, http, https)") String source) {
    return Shown.of(Shown.present(deployer).update(name, source, hash(sha256), BY, dryRun), asJson);
  }

  @Descriptor("Removes a bundle that was installed at run time; for example: bundle:remove my.job")
  public Object remove(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("only tell what would be removed and restarted, and why")
          @Parameter(
              names = {"--dry-run"},
              presentValue = "true",
              absentValue = "false")
          boolean dryRun,
      @Descriptor("symbolic name of the bundle") String name) {
    return Shown.of(Shown.present(deployer).remove(name, BY, dryRun), asJson);
  }

  /** Names to complete, with versions. */
  public Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    Shown.present(deployer)
        .deployed()
        .bundles()
        .forEach(bundle -> names.put(bundle.name(), bundle.version()));
    return names;
  }

  private static Optional<String> hash(String sha256) {
    return sha256.isEmpty() ? Optional.empty() : Optional.of(sha256);
  }
}
