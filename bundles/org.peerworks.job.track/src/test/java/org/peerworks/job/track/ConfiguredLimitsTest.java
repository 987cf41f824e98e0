package org.peerworks.job.track;

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
import org.peerworks.job.testkit.ZipFile;

/** Each limit of a package as its key in the configuration sets it. */
class ConfiguredLimitsTest {

  /** What a job says whose package was taken, and whose program then did nothing. */
  private static final String TAKEN = "ended well, but";

  private static final String PADDING = "#".repeat(4 << 20);

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
    "maxScriptKilobytes,1"
  })
  void eachLimitHolds(String key, String value) throws Exception {
    Object limit = key.endsWith("Bytes") ? Long.valueOf(value) : (Object) Integer.valueOf(value);

    assertThat(reason(Map.of(key, limit))).isNotEmpty().doesNotContain(TAKEN);
  }

  /** Why the job failed. */
  private String reason(Map<String, Object> changes) throws Exception {
    RealContext context = new RealContext(directory).withProgram(":");
    ZipFile zip =
        new ZipFile()
            .with(
                "track-script.sh",
                "sleap-nn track --data_path a.slp --model_paths models/m -o predictions.slp\n# "
                    + "x".repeat(2000))
            .with("a.slp", "labels")
            .with("models/m/training_config.yaml", "a: 1")
            .with("padding.txt", PADDING);
    context.withInput(zip.write(context.input("p.zip")));
    try {
      return new TrackJobType(config(changes)).run(context).reason();
    } catch (IOException e) {
      return e.getMessage(); // which the engine makes the reason
    }
  }

  private static TrackJobType.Config config(Map<String, Object> changes) {
    return (TrackJobType.Config)
        Proxy.newProxyInstance(
            TrackJobType.class.getClassLoader(),
            new Class<?>[] {TrackJobType.Config.class},
            (proxy, method, args) ->
                changes.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
