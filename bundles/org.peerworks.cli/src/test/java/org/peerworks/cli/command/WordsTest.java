package org.peerworks.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.lib.account.Places;

/** What machines start by its name alone is read without all options, and means the same. */
final class WordsTest extends CommandLineTest {

  @ParameterizedTest
  @ValueSource(strings = {"worker", "signal"})
  void aNameAloneMeansTheSameWithAndWithoutAllOptions(String name) {
    assertThat(Words.bare(surroundings(), name)).contains(run(name));
    environment.putAll(
        Map.of(
            "SLEAP_RTC_SIGNALING_WS",
            "ws://10.0.0.1:9090",
            "SLEAP_RTC_API_KEY",
            "slp_key",
            "PEERWORKS_DATA",
            "elsewhere"));
    assertThat(Words.bare(surroundings(), name)).contains(run(name));
  }

  @Test
  void wordsThatNeedTheOptionsAreLeftToThoseWhoKnowThem() {
    assertThat(Words.bare(surroundings())).isEmpty();
    assertThat(Words.bare(surroundings(), "worker", "--json")).isEmpty();
    assertThat(Words.bare(surroundings(), "doctor")).isEmpty();
    environment.put("SLEAP_RTC_SIGNALING_WS", "no address");
    assertThat(Words.bare(surroundings(), "worker")).isEmpty();
    assertThat(answer("worker")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("SLEAP_RTC_SIGNALING_WS");
  }

  /** Its 169 classes would cost a worker a tenth of its start. */
  @ParameterizedTest
  @ValueSource(strings = {"worker", "signal"})
  void aNameAloneNeedsNoPicocli(String name) throws Exception {
    URL[] ours = {location(Words.class), location(Places.class)};
    try (URLClassLoader loader = new URLClassLoader(ours, new WithoutPicocli())) {
      Object parsed =
          loader
              .loadClass(Words.class.getName())
              .getMethod("parse", String[].class)
              .invoke(null, (Object) new String[] {name});
      assertThat(parsed.getClass().getName()).isEqualTo(Parsed.Run.class.getName());
    }
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** Has neither picocli nor what is ours. */
  private static final class WithoutPicocli extends ClassLoader {

    WithoutPicocli() {
      super(getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("picocli.") || name.startsWith("org.peerworks.")) {
        throw new ClassNotFoundException(name);
      }
      return WordsTest.class.getClassLoader().loadClass(name);
    }
  }
}
