package org.peerworks.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.job.testkit.RealContext;

/** Each limit of a package as its key in the configuration sets it. */
class ConfiguredLimitsTest {

  /** What a job says whose package was taken, and whose program then did nothing. */
  private static final String TAKEN = "ended well, but";

  private static final String PADDING = "#".repeat(4 << 20);

  private static final String COMMENT = "# " + "x".repeat(2000) + "\n";

  @TempDir Path directory;

  @Test
  void thePackageIsWithinTheDefaults() throws Exception {
    assertThat(reason(Map.of())).contains(TAKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "maxEntries,2",
    "maxBytes,1000000",
    "maxRatio,2",
    "reserveBytes,4611686018427387904",
    "maxScriptKilobytes,1",
    "maxConfigKilobytes,1"
  })
  void eachLimitHolds(String key, String value) throws Exception {
    Object limit = key.endsWith("Bytes") ? Long.valueOf(value) : (Object) Integer.valueOf(value);

    assertThat(reason(Map.of(key, limit))).isNotEmpty().doesNotContain(TAKEN);
  }

  @Test
  void theKeysOfScriptsAndConfigurationsAreToldApart() throws Exception {
    assertThat(reason(Map.of("maxScriptKilobytes", 1)))
        .contains("'train-script.sh' is longer than 1 KiB");
    assertThat(reason(Map.of("maxConfigKilobytes", 1)))
        .contains("'centroid.yaml'", "larger than 1 KiB");
  }

  /** Why the job failed. */
  private String reason(Map<String, Object> changes) throws Exception {
    RealContext context = new RealContext(directory).withProgram(":");
    context.withInput(
        SleapPackage.zip()
            .with("train-script.sh", SleapPackage.SCRIPT + COMMENT)
            .with("centroid.yaml", SleapPackage.CONFIG + COMMENT)
            .with("padding.txt", PADDING)
            .write(context.input("p.zip")));
    try {
      return new TrainJobType(config(changes)).run(context).reason();
    } catch (IOException e) {
      return e.getMessage(); // which the engine makes the reason
    }
  }

  private static TrainJobType.Config config(Map<String, Object> changes) {
    return (TrainJobType.Config)
        Proxy.newProxyInstance(
            TrainJobType.class.getClassLoader(),
            new Class<?>[] {TrainJobType.Config.class},
            (proxy, method, args) ->
                changes.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
