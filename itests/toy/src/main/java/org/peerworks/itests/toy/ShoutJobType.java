package org.peerworks.itests.toy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.Progress;

/** Returns its text in capital letters, as a file and as a document. */
@Component(
    property = {
      JobType.TYPE + "=shout",
      JobType.RESTART + "=rerun",
      JobType.SCHEMA + "=shout.schema.json"
    })
public final class ShoutJobType implements JobType {

  @Override
  public JobResult run(JobContext context) throws IOException {
    String loud = context.parameters().string("text").orElseThrow().toUpperCase(Locale.ROOT);
    if (loud.equals("STUMBLE")) {
      throw new IllegalStateException("The voice broke.");
    }
    context.log("Shouting " + loud.length() + " characters");
    context.progress(new Progress(1, 1, "text", "done"));
    Path file = Files.writeString(context.outputDirectory().resolve("loud.txt"), loud);
    return JobResult.succeeded("{\"characters\": " + loud.length() + "}", Map.of("loud.txt", file));
  }
}
