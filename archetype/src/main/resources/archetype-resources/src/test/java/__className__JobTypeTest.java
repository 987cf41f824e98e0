package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobStopped;
import org.peerworks.job.api.JobType;
import org.peerworks.job.testkit.RealContext;

/** The job type alone: its jobs lie in a temporary directory, its programs run. */
final class ${className}JobTypeTest {

  @TempDir Path directory;

  private final JobType type = new ${className}JobType();
  private RealContext context;

  @BeforeEach
  void makeJob() throws IOException {
    context = new RealContext(directory).withProgram("sort", Path.of("/usr/bin/sort"));
  }

  @Test
  void everyFileComesBackSorted() throws Exception {
    input("fruits.txt", "pear\napple\n");
    input("more.txt", "fig\n");

    JobResult result = type.run(context);

    assertThat(result.succeeded()).as(result.reason()).isTrue();
    assertThat(result.outputs()).containsOnlyKeys("sorted-fruits.txt", "sorted-more.txt");
    assertThat(result.outputs().get("sorted-fruits.txt")).hasContent("apple\npear\n");
    assertThat(result.document()).isEqualTo("{\"files\": 2, \"lines\": 3}");
    assertThat(context.reports()).last().extracting("done", "total").containsExactly(2L, 2L);
  }

  @Test
  void parametersChooseTheOrder() throws Exception {
    input("fruits.txt", "pear\napple\npear\n");
    context.withParameters("{\"order\": \"descending\", \"unique\": true}");

    Map<String, Path> outputs = type.run(context).outputs();

    assertThat(outputs.get("sorted-fruits.txt")).hasContent("pear\napple\n");
  }

  @Test
  void whatTheProgramSaysOfItsFailureIsTheReason() throws Exception {
    input("fruits.txt", "pear\n");
    context.withProgram("sort", "echo 'sort: write failed: disk full'; exit 2");

    JobResult result = type.run(context);

    assertThat(result.succeeded()).isFalse();
    assertThat(result.reason()).contains("fruits.txt", "exit status 2", "disk full");
  }

  @Test
  void aJobThatIsRunAgainSortsNothingTwice() throws Exception {
    input("fruits.txt", "pear\n");

    type.run(context);
    JobResult again = type.run(context);

    assertThat(again.succeeded()).as(again.reason()).isTrue();
    assertThat(context.started()).containsExactly("sort-1");
  }

  @Test
  void aCancelledJobEnds() throws IOException {
    input("fruits.txt", "pear\n");
    context.stop();

    assertThatThrownBy(() -> type.run(context)).isInstanceOf(JobStopped.class);
  }

  @Test
  void aJobWithoutFilesIsToldWhatIsWanted() throws Exception {
    JobResult result = type.run(context);

    assertThat(result.succeeded()).isFalse();
    assertThat(result.reason()).contains("text files");
  }

  private void input(String name, String content) throws IOException {
    context.withInput(Files.writeString(context.input(name), content));
  }
}
