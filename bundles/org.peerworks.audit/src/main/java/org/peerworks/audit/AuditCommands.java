package org.peerworks.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.audit.api.AuditCheck;
import org.peerworks.audit.api.AuditEntry;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.audit.api.AuditPage;

/** The shell's commands on the audit log; they outlive it, and say so when it is not there. */
@Component(
    service = AuditCommands.class,
    property = {"peerworks.complete=list", "peerworks.complete=show", "peerworks.complete=verify"})
@GogoCommand(
    scope = "audit",
    function = {"list", "show", "verify"})
public final class AuditCommands {

  private final ObjectMapper json = new ObjectMapper();

  @Reference(
      name = "log",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile AuditLog log;

  @Descriptor("Lists who changed what, newest first, for example: audit:list -n 20 --who anna")
  public Object list(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("most entries, 1 to 1000")
          @Parameter(
              names = {"-n", "--limit"},
              absentValue = "50")
          int limit,
      @Descriptor("only entries before this number")
          @Parameter(
              names = {"-b", "--before"},
              absentValue = "0")
          long before,
      @Descriptor("only of this user")
          @Parameter(
              names = {"-w", "--who"},
              absentValue = "")
          String who)
      throws IOException {
    List<AuditRow> rows = new ArrayList<>();
    OptionalLong from = OptionalLong.of(before == 0 ? Long.MAX_VALUE : before);
    while (rows.size() < limit && from.isPresent()) {
      AuditPage page = present().list(from.getAsLong(), limit);
      page.entries().stream()
          .filter(entry -> who.isEmpty() || who.equals(entry.event().who()))
          .limit(limit - rows.size())
          .map(AuditRow::of)
          .forEach(rows::add);
      from = page.next();
    }
    return rows.isEmpty() && !asJson ? "No entries." : shown(rows, asJson);
  }

  @Descriptor("Shows an entry with its hash")
  public Object show(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("number of the entry") long number)
      throws IOException {
    AuditEntry entry =
        number < 1 || number == Long.MAX_VALUE
            ? null
            : present().list(number + 1, 1).entries().stream().findFirst().orElse(null);
    if (entry == null || entry.number() != number) {
      throw new IllegalArgumentException(
          "There is no entry " + number + "; 'audit:list' lists those that are kept.");
    }
    return shown(AuditDetails.of(entry), asJson);
  }

  @Descriptor(
      "Checks that nobody has changed the audit log behind its back, and prints the hash of its"
          + " newest entry")
  public Object verify(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson)
      throws IOException {
    AuditCheck check = present().verify();
    if (asJson) {
      return shown(check, true);
    }
    if (!check.whole()) {
      throw new IllegalStateException(
          "The audit log was tampered with:\n  " + String.join("\n  ", check.problems()));
    }
    if (check.last() == 0) {
      return "Whole: there are no entries yet.";
    }
    return "Whole: entries %d to %d.\nHash of entry %d: %s"
        .formatted(check.first(), check.last(), check.last(), check.hash());
  }

  private AuditLog present() {
    AuditLog now = log;
    if (now == null) {
      throw new IllegalStateException(
          "The audit log is not running. 'lb' lists the bundles, the worker's log says why.");
    }
    return now;
  }

  private Object shown(Object value, boolean asJson) {
    try {
      return asJson ? json.writeValueAsString(value) : value;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print this as JSON.", e);
    }
  }
}
