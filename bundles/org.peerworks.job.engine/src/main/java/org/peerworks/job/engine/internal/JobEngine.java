package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.HealthCheck;
import org.peerworks.health.api.MetricSource;
import org.peerworks.health.api.Metrics;
import org.peerworks.health.api.Vitals;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Gpu;
import org.peerworks.job.api.Intake;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.JobTypeVersion;
import org.peerworks.job.api.JobTypes;
import org.peerworks.job.api.JobTypesListener;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.job.api.Slots;
import org.peerworks.job.api.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door to the durable jobs of this worker. */
@Component(
    name = Config.PID,
    service = {
      JobAccess.class,
      JobTypes.class,
      Intake.class,
      Slots.class,
      HealthCheck.class,
      Vitals.class,
      MetricSource.class
    },
    property = {
      HealthCheck.NAME + "=Job store",
      HealthCheck.TAGS + "=store",
      HealthCheck.TAGS + "=disk",
      HealthCheck.TAGS + "=jobs"
    },
    immediate = true)
@Designate(ocd = Config.class)
public final class JobEngine
    implements JobAccess, JobTypes, Intake, Slots, HealthCheck, Vitals, MetricSource {

  private static final Logger LOG = LoggerFactory.getLogger(JobEngine.class);
  private static final Duration GPU_PATIENCE = Duration.ofSeconds(10);

  private final Engine engine;

  @Activate
  public JobEngine(BundleContext context, Config config) throws IOException {
    String data = context.getProperty("peerworks.data");
    if (data == null || data.isBlank()) {
      throw new IllegalStateException(
          "The framework property 'peerworks.data' is not set; it names the data directory.");
    }
    String path = System.getenv().getOrDefault("PATH", "");
    GpuDetection gpus = new GpuDetection(path, GPU_PATIENCE);
    engine = new Engine(Path.of(data), config, Clock.systemUTC(), gpus);
  }

  @Override
  public int count(String kind) {
    return engine.slots().count(kind);
  }

  @Override
  public List<Gpu> gpus() {
    return engine.slots().gpus();
  }

  @Override
  public Jobs as(Caller caller) {
    return engine.as(caller);
  }

  @Override
  public List<Finding> check() throws Exception {
    return engine.health().check();
  }

  @Override
  public Map<String, CompletionStage<?>> ask() {
    return engine.health().ask();
  }

  @Override
  public void measure(Metrics to) {
    engine.health().measure(to);
  }

  @Override
  public List<JobTypeVersion> versions() {
    return engine.types().versions();
  }

  @Override
  public void use(String type, String version) {
    engine.types().use(type, version);
  }

  @Override
  public void useHighest(String type) {
    engine.types().useHighest(type);
  }

  @Override
  public void share(String type, String version, int percent) {
    engine.types().share(type, version, percent);
  }

  @Override
  public void retire(String type, String version, String reason) {
    engine.types().retire(type, version, reason);
  }

  @Override
  public void reinstate(String type, String version) {
    engine.types().reinstate(type, version);
  }

  @Override
  public Subscription watch(JobTypesListener listener) {
    return engine.types().watch(listener);
  }

  @Override
  public Optional<String> closed() {
    return engine.intake().closed();
  }

  @Override
  public void close(String reason) {
    engine.intake().close(reason);
  }

  @Override
  public void closeUntilRestart(String reason) {
    engine.intake().closeUntilRestart(reason);
  }

  @Override
  public void open() {
    engine.intake().open();
  }

  @Override
  public CompletionStage<Void> drained() {
    return engine.intake().drained();
  }

  @Override
  public CompletionStage<Void> leavable() {
    return engine.intake().leavable();
  }

  @Override
  public Subscription watch(Runnable listener) {
    return engine.intake().watch(listener);
  }

  @Reference(
      name = "types",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addType(ServiceReference<JobType> reference, JobType type) {
    try {
      RegisteredType registered = RegisteredType.of(reference, type);
      engine.addType(registered);
      LOG.info("Takes jobs of type '{}' {}", registered.name(), registered.version());
    } catch (IllegalArgumentException e) {
      LOG.error("Refused the job type of '{}'", reference, e);
    }
  }

  void removeType(JobType type) {
    engine.removeType(type);
  }

  @Reference(
      name = "programs",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setPrograms(ProgramExecutor executor) {
    engine.setPrograms(executor);
  }

  void unsetPrograms(ProgramExecutor executor) {
    engine.unsetPrograms(executor);
  }

  @Deactivate
  void stop() {
    engine.close();
  }
}
