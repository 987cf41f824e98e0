package org.peerworks.deploy.shell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.deploy.drop.DropFolder;
import org.peerworks.deploy.drop.Verdict;
import org.peerworks.deploy.state.DeployedBundle;
import org.peerworks.deploy.state.DeployedState;
import org.peerworks.deploy.state.JournalEntry;
import org.peerworks.deploy.state.JournalEntry.Event;
import org.peerworks.deploy.transaction.Deployer;

/** The shell's commands on what was installed at run time, and how it came to that. */
@Component(
    service = DeployCommands.class,
    property = {
      "peerworks.complete=list",
      "peerworks.complete=diag names",
      "peerworks.complete=history",
      "peerworks.complete=show numbers",
      "peerworks.complete=rollback committed"
    })
@GogoCommand(
    scope = "deploy",
    function = {"list", "diag", "history", "show", "rollback"})
public final class DeployCommands {

  private final BundleContext context;

  @Reference(
      name = "deployer",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Deployer deployer;

  @Reference(
      name = "folder",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile DropFolder folder;

  @Activate
  public DeployCommands(BundleContext context) {
    this.context = context;
  }

  @Descriptor(
      "Lists what was installed at run time, and dropped files that were not, with the reason")
  public Object list(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson) {
    Deployer now = Shown.present(deployer);
    List<DeployedRow> rows = new ArrayList<>();
    for (DeployedBundle bundle : now.deployed().bundles()) {
      rows.add(row(bundle, state(now, bundle)));
    }
    now.pending()
        .ifPresent(
            pending ->
                pending.bundles().stream()
                    .filter(bundle -> !now.deployed().bundles().contains(bundle))
                    .forEach(bundle -> rows.add(row(bundle, "at the next start"))));
    verdicts().stream()
        .filter(verdict -> !verdict.good())
        .forEach(
            verdict ->
                rows.add(
                    new DeployedRow(
                        verdict.file(), "", "refused: " + verdict.words(), "", "", "deploy/")));
    return rows.isEmpty() && !asJson
        ? "Nothing was installed at run time. 'bundle:install' installs a bundle."
        : Shown.of((Object) rows, asJson);
  }

  @Descriptor(
      "Says why a bundle does not run or was not installed, down to what is missing; for example:"
          + " deploy:diag my.job")
  public Object diag(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("symbolic name of a bundle, or name of a file in the drop folder") String name) {
    List<String> lines = new ArrayList<>();
    verdicts().stream()
        .filter(verdict -> verdict.file().equals(name))
        .forEach(verdict -> lines.add(verdict.file() + ": " + verdict.words()));
    lines.addAll(Shown.present(deployer).diagnose(name));
    if (lines.isEmpty()) {
      throw new IllegalStateException(
          "Nothing is known of '"
              + name
              + "'. 'lb -s' lists the bundles by their symbolic names, 'deploy:list' what was"
              + " installed.");
    }
    return asJson ? Shown.of((Object) lines, true) : String.join("\n", lines);
  }

  /** Names to complete, with what they are. */
  public Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    verdicts().forEach(verdict -> names.put(verdict.file(), verdict.good() ? "" : "refused"));
    Shown.present(deployer)
        .deployed()
        .bundles()
        .forEach(bundle -> names.put(bundle.name(), bundle.version()));
    return names;
  }

  private List<Verdict> verdicts() {
    DropFolder now = folder;
    return now == null ? List.of() : now.verdicts();
  }

  @Descriptor("Lists the transactions, newest first")
  public Object history(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("most of them")
          @Parameter(
              names = {"-n", "--limit"},
              absentValue = "20")
          int limit) {
    List<HistoryRow> rows =
        newestFirst().stream().limit(limit).map(DeployCommands::historyRow).toList();
    return rows.isEmpty() && !asJson ? "No transaction yet." : Shown.of((Object) rows, asJson);
  }

  @Descriptor("Shows all that is known of a transaction; for example: deploy:show 7")
  public Object show(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("number of the transaction; 'deploy:history' lists them") int number) {
    Deployer now = Shown.present(deployer);
    JournalEntry entry =
        newestFirst().stream()
            .filter(known -> known.number() == number)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "There is no transaction "
                            + number
                            + ". 'deploy:history' lists those that there are."));
    Optional<DeployedState> after = now.deployedAfter(number);
    return Shown.of(
        (Object)
            new TransactionDetails(
                entry.number(),
                entry.time(),
                word(entry.event()),
                entry.by(),
                entry.what(),
                entry.reason(),
                entry.plan(),
                after
                    .map(state -> state.bundles().stream().map(DeployedBundle::title).toList())
                    .orElse(List.of())),
        asJson);
  }

  @Descriptor(
      "Goes back to what was installed after a transaction, 0 is as shipped; for example:"
          + " deploy:rollback --dry-run 7")
  public Object rollback(
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
      @Descriptor("number of the transaction; 'deploy:history' lists them") int number) {
    return Shown.of(Shown.present(deployer).rollback(number, "shell", dryRun), asJson);
  }

  /** Numbers of transactions to complete, with what they were. */
  public Map<String, String> numbers() {
    Map<String, String> numbers = new LinkedHashMap<>();
    newestFirst().forEach(entry -> numbers.put(Integer.toString(entry.number()), entry.what()));
    return numbers;
  }

  /** Numbers of transactions that one can go back to, with what they were. */
  public Map<String, String> committed() {
    Map<String, String> numbers = new LinkedHashMap<>();
    newestFirst().stream()
        .filter(entry -> entry.event() == Event.COMMITTED)
        .forEach(entry -> numbers.put(Integer.toString(entry.number()), entry.what()));
    numbers.put("0", "as shipped");
    return numbers;
  }

  /** The last step of each transaction. */
  private List<JournalEntry> newestFirst() {
    Map<Integer, JournalEntry> last = new TreeMap<>(Collections.reverseOrder());
    Shown.present(deployer).journal().forEach(entry -> last.put(entry.number(), entry));
    return List.copyOf(last.values());
  }

  private String state(Deployer now, DeployedBundle bundle) {
    Bundle installed = context.getBundle(now.location(bundle.sha256()));
    if (installed == null) {
      return "not installed";
    }
    List<String> problems = now.problems(installed);
    return problems.isEmpty() ? "runs" : "not well; 'deploy:diag " + bundle.name() + "'";
  }

  private static DeployedRow row(DeployedBundle bundle, String state) {
    return new DeployedRow(
        bundle.name(), bundle.version(), state, bundle.feature(), bundle.signer(), bundle.source());
  }

  private static HistoryRow historyRow(JournalEntry entry) {
    return new HistoryRow(
        entry.number(),
        entry.time(),
        word(entry.event()),
        entry.by(),
        entry.what(),
        entry.reason());
  }

  private static String word(Event event) {
    return switch (event) {
      case BEGUN -> "runs";
      case COMMITTED -> "committed";
      case ROLLED_BACK -> "rolled back";
      case REFUSED -> "refused";
      case PENDING -> "waits for a restart";
      case DROPPED -> "dropped";
    };
  }
}
