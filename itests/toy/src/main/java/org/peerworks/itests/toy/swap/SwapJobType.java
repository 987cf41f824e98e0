package org.peerworks.itests.toy.swap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.StepExit;

/** Runs a program for a while, and then needs a class that was not loaded before. */
@Component(
    property = {
      JobType.TYPE + "=swap",
      JobType.RESTART + "=rerun",
      JobType.SCHEMA + "=swap.schema.json"
    })
public final class SwapJobType implements JobType {

  private final String version;

  @Activate
  public SwapJobType(BundleContext context) {
    version = context.getBundle().getVersion().toString();
  }

  @Override
  public JobResult run(JobContext context) throws IOException {
    String seconds = context.parameters().string("seconds").orElse("1");
    Program sleep = new Program("sleep", List.of(seconds), context.workDirectory(), Map.of());
    StepExit exit = context.step("sleep", sleep, context::log);
    return exit.succeeded()
        ? JobResult.succeeded(new Afterwards(version).document(), Map.of())
        : JobResult.failed("The program ended with " + exit.description(), "{}", Map.of());
  }
}
