package org.peerworks.job.engine.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.Subscription;
import org.peerworks.job.api.TransferListener;

/** The shell's commands on jobs; they outlive the engine, and say so when it is not there. */
@Component(
    service = JobCommands.class,
    property = {
      "peerworks.complete=list",
      "peerworks.complete=types",
      "peerworks.complete=show jobIds",
      "peerworks.complete=log jobIds",
      "peerworks.complete=stop runningIds",
      "peerworks.complete=cancel unfinishedIds",
      "peerworks.complete=retry jobIds",
      "peerworks.complete=priority waitingIds",
      "peerworks.complete=move waitingIds",
      "peerworks.complete=submit typeNames"
    })
@GogoCommand(
    scope = "job",
    function = {
      "list",
      "show",
      "log",
      "submit",
      "stop",
      "cancel",
      "retry",
      "priority",
      "move",
      "types"
    })
public final class JobCommands {

  private static final Set<JobState> UNFINISHED = EnumSet.of(JobState.QUEUED, JobState.RUNNING);
  private static final int MOST = 1000;
  private static final int MOST_TO_COMPLETE = 100;

  private final ObjectMapper json = new ObjectMapper();

  @Reference(
      name = "jobs",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile JobAccess access;

  @Descriptor("Lists jobs, newest first")
  public Object list(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("also those that have ended")
          @Parameter(
              names = {"-a", "--all"},
              presentValue = "true",
              absentValue = "false")
          boolean all) {
    Set<JobState> states = all ? Set.of() : UNFINISHED;
    List<JobRow> rows =
        await(jobs().list(new JobQuery(states, false, "", MOST))).jobs().stream()
            .map(JobRow::of)
            .toList();
    return rows.isEmpty() && !asJson
        ? (all ? "No jobs." : "No job waits or runs; 'job:list --all' shows those that have ended.")
        : shown(rows, asJson);
  }

  @Descriptor("Shows all that is known of a job")
  public Object show(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson,
      @Descriptor("id of the job") String id) {
    return shown(JobDetails.of(await(jobs().get(id))), asJson);
  }

  @Descriptor("Prints a job's log as far as it goes; with --follow until the job ends")
  public void log(
      CommandSession session,
      @Descriptor("go on until the job ends")
          @Parameter(
              names = {"-f", "--follow"},
              presentValue = "true",
              absentValue = "false")
          boolean follow,
      @Descriptor("id of the job") String id)
      throws InterruptedException {
    Jobs jobs = jobs();
    await(jobs.get(id));
    CompletableFuture<Void> ended = new CompletableFuture<>();
    LogPrinter printer = new LogPrinter(session.getConsole(), ended);
    Subscription subscription = jobs.followLog(id, 0, printer);
    try {
      printer.await(follow);
    } finally {
      subscription.close();
    }
  }

  @Descriptor("Hands in a job, for example: job:submit train '{}' /data/labels.zip")
  public Object submit(
      @Descriptor("name of the job type; 'job:types' lists them") String type,
      @Descriptor("parameters, a JSON object") String parameters,
      @Descriptor("input files on this machine") String... files) {
    Map<String, Path> inputs = new LinkedHashMap<>();
    for (String file : files) {
      Path path = Path.of(file).toAbsolutePath();
      inputs.put(path.getFileName().toString(), path);
    }
    JobRequest request =
        new JobRequest(
            type,
            parameters,
            inputs,
            JobRequest.DEFAULT_PRIORITY,
            UUID.randomUUID().toString(),
            Duration.ZERO);
    return JobDetails.of(await(jobs().submit(request, TransferListener.NONE)));
  }

  @Descriptor("Ends a running job early, and waits until it has ended; it keeps what it has so far")
  public Object stop(@Descriptor("id of the job") String id) {
    return JobDetails.of(await(jobs().stop(id)));
  }

  @Descriptor("Ends a job, and waits until its program is gone")
  public Object cancel(@Descriptor("id of the job") String id) {
    return JobDetails.of(await(jobs().cancel(id)));
  }

  @Descriptor("Hands a job that has ended in once more, for its owner, as a new job")
  public Object retry(@Descriptor("id of the job") String id) {
    return JobDetails.of(await(jobs().retry(id)));
  }

  @Descriptor("Gives a waiting job another priority, for example: job:priority 20261121-… 8")
  public Object priority(
      @Descriptor("id of the job") String id, @Descriptor("0 (last) to 10 (first)") int priority) {
    return JobDetails.of(await(jobs().prioritize(id, priority)));
  }

  @Descriptor(
      "Puts a waiting job at another place in the queue, for example: job:move 20261121-… 1."
          + " 'job:list' shows the places")
  public Object move(
      @Descriptor("id of the job") String id,
      @Descriptor("its place, 1 for the next to run") int place) {
    return JobDetails.of(await(jobs().move(id, place)));
  }

  @Descriptor("Lists the job types that take jobs now")
  public Object types(
      @Descriptor("print JSON")
          @Parameter(
              names = {"--json"},
              presentValue = "true",
              absentValue = "false")
          boolean asJson) {
    List<JobTypeRow> rows = await(jobs().types()).stream().map(JobTypeRow::of).toList();
    return rows.isEmpty() && !asJson
        ? "No job type is running; 'lb' lists the bundles."
        : shown(rows, asJson);
  }

  /** Ids to complete, with what they are. */
  public Map<String, String> jobIds() {
    return ids(Set.of());
  }

  /** Ids of jobs that can be ended early, with what they are. */
  public Map<String, String> runningIds() {
    return ids(EnumSet.of(JobState.RUNNING));
  }

  /** Ids of jobs that have a place in the queue, with what they are. */
  public Map<String, String> waitingIds() {
    return ids(EnumSet.of(JobState.QUEUED));
  }

  /** Ids of jobs that can be cancelled, with what they are. */
  public Map<String, String> unfinishedIds() {
    return ids(UNFINISHED);
  }

  /** Names of job types to complete, with their versions. */
  public Map<String, String> typeNames() {
    Map<String, String> names = new LinkedHashMap<>();
    await(jobs().types()).forEach(type -> names.put(type.name(), type.version()));
    return names;
  }

  private Map<String, String> ids(Set<JobState> states) {
    Map<String, String> ids = new LinkedHashMap<>();
    await(jobs().list(new JobQuery(states, false, "", MOST_TO_COMPLETE)))
        .jobs()
        .forEach(job -> ids.put(job.id(), job.type() + " " + job.state()));
    return ids;
  }

  private Jobs jobs() {
    JobAccess now = access;
    if (now == null) {
      throw new IllegalStateException(
          "The job engine is not running. 'lb' lists the bundles, the worker's log says why.");
    }
    return now.as(Caller.console());
  }

  private Object shown(Object value, boolean asJson) {
    try {
      return asJson ? json.writeValueAsString(value) : value;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print this as JSON.", e);
    }
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof JobException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
