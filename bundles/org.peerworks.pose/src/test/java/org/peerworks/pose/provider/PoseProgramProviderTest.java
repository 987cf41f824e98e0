package org.peerworks.pose.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.peerworks.lib.slp.SlpLimits;
import org.peerworks.pose.UserError;
import org.peerworks.pose.video.VideoLimits;

class PoseProgramProviderTest {

  private record Limits(
      int maxFramePixels, int maxVideoFrames, long maxLabelBytes, int maxLabelSeconds)
      implements PoseProgramProvider.Config {

    @Override
    public Class<? extends Annotation> annotationType() {
      return PoseProgramProvider.Config.class;
    }
  }

  @Test
  void limitsOfTheConfigurationReachTheProgram() throws UserError {
    var properties = PoseProgramProvider.limits(new Limits(1000, 20, 300, 4));
    assertThat(ProgramCommand.of(Path.of("/program"), properties)).containsAll(properties);
    try {
      for (String property : properties) {
        String[] parts = property.substring("-D".length()).split("=");
        System.setProperty(parts[0], parts[1]);
      }
      assertThat(VideoLimits.configured()).isEqualTo(new VideoLimits(1000, 20));
      assertThat(SlpLimits.configured().maxBytes()).isEqualTo(300);
      assertThat(SlpLimits.configured().maxTime()).hasSeconds(4);
    } finally {
      for (String property : properties) {
        System.clearProperty(property.substring("-D".length()).split("=")[0]);
      }
    }
  }

  @Test
  void theDefaultsOfTheConfigurationAreThoseOfTheProgram() throws ReflectiveOperationException {
    var config = PoseProgramProvider.Config.class;
    assertThat(config.getDeclaredMethod("maxFramePixels").getDefaultValue())
        .isEqualTo(VideoLimits.DEFAULT.maxPixels());
    assertThat(config.getDeclaredMethod("maxVideoFrames").getDefaultValue())
        .isEqualTo(VideoLimits.DEFAULT.maxFrames());
    assertThat(config.getDeclaredMethod("maxLabelBytes").getDefaultValue())
        .isEqualTo(SlpLimits.DEFAULT.maxBytes());
    assertThat(config.getDeclaredMethod("maxLabelSeconds").getDefaultValue())
        .isEqualTo((int) SlpLimits.DEFAULT.maxTime().toSeconds());
  }

  @Test
  void aLimitOfNothingIsNamed() {
    assertThatThrownBy(() -> PoseProgramProvider.limits(new Limits(1, 0, 1, 1)))
        .hasMessageContaining("'maxVideoFrames' in org.peerworks.pose.cfg");
  }
}
