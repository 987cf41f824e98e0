package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.ProgramProvider;
import org.peerworks.job.testkit.RealContext;
import org.peerworks.job.testkit.TestFramework;

/** The jar as it is installed: a framework finds all that it needs in it. */
final class ${className}BundleIT {

  @TempDir Path directory;

  @Test
  void theBundleBringsItsJobTypeAndItsProgram() throws Exception {
    try (TestFramework framework = TestFramework.start(directory.resolve("framework"))) {
      Bundle bundle = framework.install(Path.of(System.getProperty("bundle")));

      var type = framework.service(JobType.class, "(job.type=${jobType})");
      assertThat(bundle.getEntry(type.property(JobType.SCHEMA).orElseThrow())).isNotNull();

      var program = framework.service(ProgramProvider.class, "(program.name=sort)");
      RealContext context =
          new RealContext(directory)
              .withProgram("sort", Path.of(program.object().command().get(0)));
      context.withInput(Files.writeString(context.input("fruits.txt"), "pear\napple\n"));
      JobResult result = type.object().run(context);
      assertThat(result.outputs().get("sorted-fruits.txt")).hasContent("apple\npear\n");
    }
  }
}
