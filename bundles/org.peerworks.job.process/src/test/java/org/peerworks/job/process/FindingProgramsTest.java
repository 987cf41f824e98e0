package org.peerworks.job.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.ProgramProvider;
import org.peerworks.job.api.StepExit;

class FindingProgramsTest {

  @TempDir Path temp;
  private Steps steps;

  @BeforeEach
  void open() {
    steps = new Steps(temp);
  }

  @AfterEach
  void close() throws Exception {
    steps.close();
  }

  @Test
  void aProgramThatIsNotAllowedIsRefusedByName() throws Exception {
    LocalProgramExecutor executor = steps.executor(TestConfig.allowing("sleap-nn"));
    for (String name : List.of("sh", "/bin/sh", "../sh", "", "sleap-nn\n")) {
      assertThatThrownBy(() -> steps.start(executor, name))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Program '" + name + "' is not allowed on this worker")
          .hasMessageContaining("'programs' in org.peerworks.job.process.cfg");
      assertThat(executor.describe(name)).isEmpty();
    }
    assertThat(temp.resolve("steps/step0")).isEmptyDirectory();
  }

  @Test
  void anAllowedProgramThatIsNotThereSaysWhatToDo() throws Exception {
    steps.workerEnvironment.put("PATH", "relative::" + temp);
    LocalProgramExecutor executor = steps.executor(TestConfig.allowing("sleap-nn"));
    assertThatThrownBy(() -> steps.start(executor, "sleap-nn"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No program 'sleap-nn' on this worker. Install it");
    assertThat(executor.describe("sleap-nn")).isEmpty();
  }

  @Test
  void thePathIsSearchedInOrderForExecutableFiles() throws Exception {
    Path first = Files.createDirectory(temp.resolve("first"));
    Path second = script(Files.createDirectory(temp.resolve("second")).resolve("tool"), "second");
    Files.writeString(first.resolve("tool"), "not executable");
    steps.workerEnvironment.put("PATH", first + ":" + second.getParent() + ":/usr/bin:/bin");
    LocalProgramExecutor executor = steps.executor(TestConfig.allowing("tool"));
    assertThat(executor.describe("tool")).contains(second + " (PATH)");
    Steps.end(steps.start(executor, "tool").exit());
    assertThat(steps.output()).isEqualTo("second\n");
  }

  @Test
  void configurationComesBeforeThePathAndMayGiveFirstArguments() throws Exception {
    LocalProgramExecutor executor =
        steps.executor(TestConfig.allowing("grep=/usr/bin/printf \"[%s] \" a,b \"c d\", env"));
    assertThat(executor.describe("grep")).contains("/usr/bin/printf [%s]  a,b c d (configuration)");
    assertThat(executor.describe("env")).hasValueSatisfying(s -> assertThat(s).contains("PATH"));
    Steps.end(steps.start(executor, "grep", "e").exit());
    assertThat(steps.output()).isEqualTo("[a,b] [c d] [e] ");
  }

  @Test
  void aConfiguredProgramThatIsGoneIsNotReplacedByAnother() throws Exception {
    LocalProgramExecutor executor = steps.executor(TestConfig.allowing("env=/no/such/file"));
    executor.addProvider(provider("env", 0), () -> List.of("/usr/bin/env"));
    assertThatThrownBy(() -> steps.start(executor, "env"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'/no/such/file', which is no executable file");
  }

  @Test
  void aBundleProvidesWhatNobodyElseHas() throws Exception {
    LocalProgramExecutor executor = steps.executor(TestConfig.allowing("trainer"));
    ServiceReference<ProgramProvider> low = provider("trainer", 1);
    ServiceReference<ProgramProvider> high = provider("trainer", 2);
    executor.addProvider(low, () -> List.of("/bin/sh", "-c", "exit 11"));
    executor.addProvider(high, () -> List.of("/bin/sh", "-c", "exit 12"));
    assertThat(executor.describe("trainer")).contains("built in (bundle org.example)");
    assertThat(Steps.end(steps.start(executor, "trainer").exit())).contains(new StepExit(12));
    executor.removeProvider(high);
    assertThat(Steps.end(steps.start(executor, "trainer").exit())).contains(new StepExit(11));
    executor.removeProvider(low);
    assertThatThrownBy(() -> steps.start(executor, "trainer")).isInstanceOf(IOException.class);
    assertThat(executor.describe("trainer")).isEmpty();
  }

  @Test
  void aProviderThatFailsIsNamed() throws Exception {
    LocalProgramExecutor executor = steps.executor(TestConfig.allowing());
    ServiceReference<ProgramProvider> broken = provider("trainer", 1);
    executor.addProvider(
        broken,
        () -> {
          throw new IllegalStateException("no space");
        });
    assertThatThrownBy(() -> steps.start(executor, "trainer"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Bundle 'org.example' cannot provide program 'trainer'");
    executor.removeProvider(broken);
    executor.addProvider(provider("trainer", 1), () -> List.of("relative/path"));
    assertThatThrownBy(() -> steps.start(executor, "trainer"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not start with an absolute path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=b", "a=", "=/bin/sh", "a b", "../a", "/bin/sh", "a=b /c"})
  void aWrongEntryOfTheConfigurationIsNamed(String entry) {
    assertThatThrownBy(() -> steps.executor(TestConfig.allowing(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'programs' in org.peerworks.job.process.cfg")
        .hasMessageContaining("'" + entry + "'");
  }

  @Test
  void wrongLimitsAndVariablesAreNamed() {
    TestConfig config = TestConfig.allowing("sh");
    assertThatThrownBy(() -> steps.executor(config.withLimits(20)))
        .hasMessageContaining("'nice' in org.peerworks.job.process.cfg is 20");
    assertThatThrownBy(() -> steps.executor(config.withLimits(0, "nofile=1 --pid 1")))
        .hasMessageContaining("'nofile=1 --pid 1'");
    assertThatThrownBy(() -> steps.executor(config.withEnvironment("1X=secret")))
        .hasMessageContaining("'1X'")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void aVariableOfAJobThatCannotBeIsAnError() throws Exception {
    LocalProgramExecutor executor = steps.executor();
    assertThatThrownBy(() -> steps.start(executor, Map.of("a b", "c"), "env"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'a b' is no name of an environment variable");
  }

  @Test
  void aWorkerWithoutSetsidSaysWhatToInstall() throws Exception {
    LocalProgramExecutor executor =
        new LocalProgramExecutor(
            temp, TestConfig.allowing("env"), steps.workerEnvironment, temp.resolve("none/setsid"));
    Program program = new Program("env", List.of(), temp, Map.of());
    assertThatThrownBy(() -> executor.start(program, steps.directory("s"), steps.log, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none/setsid', which this worker does not have")
        .hasMessageContaining("util-linux");
    executor.deactivate();
  }

  @Test
  void aSetsidThatFailsTellsWhy() throws Exception {
    Path setsid = script(temp.resolve("setsid"), "not today\"; exit 1 #");
    LocalProgramExecutor executor =
        new LocalProgramExecutor(temp, TestConfig.allowing("env"), steps.workerEnvironment, setsid);
    Program program = new Program("env", List.of(), temp, Map.of());
    assertThatThrownBy(() -> executor.start(program, steps.directory("s"), steps.log, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot start '/usr/bin/env'")
        .hasMessageContaining("not today");
    assertThat(executor.find(steps.directory("s"))).isEmpty();
    executor.deactivate();
  }

  private static Path script(Path file, String says) throws IOException {
    Files.writeString(file, "#!/bin/sh\necho \"" + says + "\"\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  /** As the framework would hand it over: a name, a rank and a bundle. */
  private static ServiceReference<ProgramProvider> provider(String name, int rank) {
    Bundle bundle =
        proxy(
            Bundle.class,
            (self, method, arguments) ->
                method.getName().equals("getSymbolicName") ? "org.example" : null);
    return proxy(
        new Class<?>[] {ServiceReference.class},
        (self, method, arguments) ->
            switch (method.getName()) {
              case "getProperty" -> arguments[0].equals("rank") ? (Object) rank : name;
              case "getBundle" -> bundle;
              case "compareTo" ->
                  Integer.compare(
                      rank, (int) ((ServiceReference<?>) arguments[0]).getProperty("rank"));
              case "toString" -> name + rank;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(proxy(new Class<?>[] {type}, handler));
  }

  @SuppressWarnings("unchecked")
  private static <T> T proxy(Class<?>[] types, java.lang.reflect.InvocationHandler handler) {
    return (T) Proxy.newProxyInstance(FindingProgramsTest.class.getClassLoader(), types, handler);
  }
}
