package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.TransferListener;

/** An engine as the tests use it. */
final class Worker implements AutoCloseable {

  static final Caller ANNA = new Caller("ed25519:aa", "anna@laptop", false);
  static final Caller BERT = new Caller("ed25519:bb", "bert@desk", false);
  static final JobType NOTHING = context -> JobResult.succeeded("{}", Map.of());

  final Engine engine;

  Worker(Path data) throws IOException {
    this(data, Map.of());
  }

  Worker(Path data, Map<String, Object> changes) throws IOException {
    this(data, changes, Clock.systemUTC());
  }

  Worker(Path data, Map<String, Object> changes, Clock clock) throws IOException {
    Map<String, Object> config = new HashMap<>();
    config.put("gpuSlots", 0);
    config.put("diskReserveBytes", 0L);
    config.put("interruptAfterMillis", 100L);
    config.put("abandonAfterMillis", 300L);
    config.put("stopGraceSeconds", 2L);
    config.putAll(changes);
    GpuDetection none = new GpuDetection("", Duration.ofSeconds(1));
    engine = new Engine(data, TestConfig.with(config), clock, none);
  }

  Worker with(String name, JobType code) {
    return with(name, "1.0.0", ParameterSchema.ANY, code);
  }

  Worker with(String name, String version, String schema, JobType code) {
    engine.addType(
        new RegisteredType(
            name, version, SlotPool.CPU, false, false, 1, new ParameterSchema(schema), code));
    return this;
  }

  /** A type whose jobs take what they are asked while they run. */
  Worker withControlled(String name, JobType code) {
    ParameterSchema any = new ParameterSchema(ParameterSchema.ANY);
    engine.addType(new RegisteredType(name, "1.0.0", SlotPool.CPU, true, false, 1, any, code));
    return this;
  }

  /** A type whose jobs go on after the worker was killed. */
  Worker withRerun(String name, JobType code) {
    return withRerun(name, "1.0.0", SlotPool.CPU, code);
  }

  Worker withRerun(String name, String version, String slots, JobType code) {
    ParameterSchema any = new ParameterSchema(ParameterSchema.ANY);
    engine.addType(new RegisteredType(name, version, slots, false, true, 1, any, code));
    return this;
  }

  Worker withGpu(String name, JobType code) {
    ParameterSchema any = new ParameterSchema(ParameterSchema.ANY);
    engine.addType(new RegisteredType(name, "1.0.0", SlotPool.GPU, false, false, 1, any, code));
    return this;
  }

  Worker withPrograms() {
    engine.setPrograms(new LocalPrograms());
    return this;
  }

  Jobs as(Caller caller) {
    return engine.as(caller);
  }

  Job submit(JobRequest request) {
    return get(as(ANNA).submit(request, TransferListener.NONE));
  }

  Job submit(String type) {
    return submit(request(type));
  }

  Job job(String id) {
    return get(as(ANNA).get(id));
  }

  Job awaitEnd(String id) {
    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> job(id).state().isFinal());
    return job(id);
  }

  void awaitRunning(String id) {
    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> job(id).state() == JobState.RUNNING);
  }

  @Override
  public void close() {
    engine.close();
  }

  static JobRequest request(String type) {
    return request(type, "{}");
  }

  static JobRequest request(String type, String parameters) {
    return new JobRequest(
        type, parameters, Map.of(), 5, UUID.randomUUID().toString(), Duration.ZERO);
  }

  static JobRequest request(String type, String parameters, Map<String, Path> inputs) {
    return new JobRequest(type, parameters, inputs, 5, UUID.randomUUID().toString(), Duration.ZERO);
  }

  static JobRequest priority(String type, int priority) {
    return new JobRequest(
        type, "{}", Map.of(), priority, UUID.randomUUID().toString(), Duration.ZERO);
  }

  static JobRequest inputs(String type, Map<String, Path> inputs) {
    return new JobRequest(type, "{}", inputs, 5, UUID.randomUUID().toString(), Duration.ZERO);
  }

  static JobRequest timeout(String type, Duration timeout) {
    return new JobRequest(type, "{}", Map.of(), 5, UUID.randomUUID().toString(), timeout);
  }

  /** The value; or the refusal itself is thrown. */
  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof JobException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
