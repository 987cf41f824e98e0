package org.peerworks.itests.toy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Component;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.StepExit;

/** Runs a program that says when it runs, in nanoseconds since 1970. */
@Component(
    property = {
      JobType.TYPE + "=date",
      JobType.RESTART + "=rerun",
      JobType.SCHEMA + "=date.schema.json"
    })
public final class DateJobType implements JobType {

  @Override
  public JobResult run(JobContext context) throws IOException {
    AtomicReference<String> said = new AtomicReference<>("");
    Program date = new Program("date", List.of("+%s%N"), context.workDirectory(), Map.of());
    StepExit exit = context.step("date", date, said::set);
    return exit.succeeded()
        ? JobResult.succeeded("{\"nanos\":" + said.get() + "}", Map.of())
        : JobResult.failed("The program ended with " + exit.description(), "{}", Map.of());
  }
}
