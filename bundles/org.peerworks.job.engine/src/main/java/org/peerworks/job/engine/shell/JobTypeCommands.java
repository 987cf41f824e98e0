package org.peerworks.job.engine.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.job.api.JobTypes;

/** The shell's commands on versions of job types; they outlive the engine. */
@Component(
    service = JobTypeCommands.class,
    property = {
      "peerworks.complete=list",
      "peerworks.complete=use names",
      "peerworks.complete=share names",
      "peerworks.complete=retire names",
      "peerworks.complete=reinstate names"
    })
@GogoCommand(
    scope = "jobtype",
    function = {"list", "use", "share", "retire", "reinstate"})
public final class JobTypeCommands {

  private static final String HIGHEST = "highest";

  private final ObjectMapper json = new ObjectMapper();

  @Reference(
      name = "types",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile JobTypes types;

  @Descriptor(
      "Lists the versions of job types: which takes new jobs (share, in percent), what runs and"
          + " waits on each, and how its first jobs went")
  public Object list(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson) {
    List<JobTypeVersionRow> rows =
        present().versions().stream().map(JobTypeVersionRow::of).toList();
    if (asJson) {
      try {
        return json.writeValueAsString(rows);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("Cannot print this as JSON.", e);
      }
    }
    return rows.isEmpty() ? "No job type was ever here; 'lb' lists the bundles." : rows;
  }

  @Descriptor(
      "Sends all new jobs of a type to one version, for example: jobtype:use train 1.2.0. With"
          + " 'highest' the highest healthy version takes them, as if nothing was ever chosen")
  public Object use(
      @Descriptor("name of the job type") String type,
      @Descriptor("a version that is running, or 'highest'") String version) {
    if (version.equals(HIGHEST)) {
      present().useHighest(type);
    } else {
      present().use(type, version);
    }
    return of(type);
  }

  @Descriptor(
      "Sends a part of the new jobs of a type to one version, for example: jobtype:share train"
          + " 1.3.0 10. 0 takes that back")
  public Object share(
      @Descriptor("name of the job type") String type,
      @Descriptor("a version that is running") String version,
      @Descriptor("percent of the new jobs, 0 to 100") int percent) {
    present().share(type, version, percent);
    return of(type);
  }

  @Descriptor(
      "Lets a version take no new jobs; those that it has end on it. For example: jobtype:retire"
          + " train 1.2.0 'loses the last frame'")
  public Object retire(
      @Descriptor("name of the job type") String type,
      @Descriptor("the version") String version,
      @Descriptor("why, in words") String... reason) {
    String why = String.join(" ", Arrays.asList(reason));
    present().retire(type, version, why.isBlank() ? "Retired by an operator." : why);
    return of(type);
  }

  @Descriptor(
      "Lets a version that was retired or withdrawn take new jobs again, for example:"
          + " jobtype:reinstate train 1.2.0")
  public Object reinstate(
      @Descriptor("name of the job type") String type, @Descriptor("the version") String version) {
    present().reinstate(type, version);
    return of(type);
  }

  /** Names of job types to complete, with their versions. */
  public Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    present()
        .versions()
        .forEach(one -> names.merge(one.type(), one.version(), (a, b) -> a + ", " + b));
    return names;
  }

  private Object of(String type) {
    return present().versions().stream()
        .filter(one -> one.type().equals(type))
        .map(JobTypeVersionRow::of)
        .toList();
  }

  private JobTypes present() {
    JobTypes now = types;
    if (now == null) {
      throw new IllegalStateException(
          "The job engine is not running. 'lb' lists the bundles, the worker's log says why.");
    }
    return now;
  }
}
