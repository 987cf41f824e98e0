package org.peerworks.deploy.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.deploy.transaction.Deployer;

/** The shell's commands on features that are installed at run time. */
@Component(
    service = FeatureCommands.class,
    property = {
      "peerworks.complete=install",
      "peerworks.complete=update",
      "peerworks.complete=remove names"
    })
@GogoCommand(
    scope = "feature",
    function = {"install", "update", "remove"})
public final class FeatureCommands {

  private static final String BY = "shell";

  @Reference(
      name = "deployer",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Deployer deployer;

  @Descriptor(
      "Installs a feature with all its bundles, or nothing; for example: feature:install"
          + " /tmp/mine/feature.json")
  public Object install(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("only tell what would be changed and restarted, and why")
          @Parameter(
              names = {"--dry-run"},
              presentValue = "true",
              absentValue = "false")
          boolean dryRun,
      @Descriptor("path on this worker, or URL, of the feature's JSON") String source) {
    return Shown.of(Shown.present(deployer).feature(source, false, BY, dryRun), asJson);
  }

  @Descriptor(
      "Replaces a feature by another version of it; for example: feature:update"
          + " /tmp/mine/feature.json")
  public Object update(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("only tell what would be changed and restarted, and why")
          @Parameter(
              names = {"--dry-run"},
              presentValue = "true",
              absentValue = "false")
          boolean dryRun,
      @Descriptor("path on this worker, or URL, of the feature's JSON") String source) {
    return Shown.of(Shown.present(deployer).feature(source, true, BY, dryRun), asJson);
  }

  @Descriptor("Removes a feature with its bundles; for example: feature:remove com.example:mine")
  public Object remove(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("only tell what would be changed and restarted, and why")
          @Parameter(
              names = {"--dry-run"},
              presentValue = "true",
              absentValue = "false")
          boolean dryRun,
      @Descriptor("name of the feature, with or without its version") String name) {
    return Shown.of(Shown.present(deployer).removeFeature(name, BY, dryRun), asJson);
  }

  /** Names to complete, with where they came from. */
  public Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    Shown.present(deployer)
        .deployed()
        .features()
        .forEach(feature -> names.put(feature.name(), feature.id()));
    return names;
  }
}
