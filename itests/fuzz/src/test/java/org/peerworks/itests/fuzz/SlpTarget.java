package org.peerworks.itests.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.peerworks.lib.slp.SlpException;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpLimits;
import org.peerworks.lib.slp.Video;

/** Label files: read whole, or refused in our words. */
public final class SlpTarget {

  private static final SlpLimits LIMITS = new SlpLimits(1 << 22, Duration.ofSeconds(10));
  private static final Path FILE = Scratch.directory().resolve("input.slp");

  private SlpTarget() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, input);
    try (SlpFile slp = SlpFile.open(FILE, LIMITS)) {
      slp.summary();
      slp.videoFiles();
      for (Video video : slp.labels().videos()) {
        if (video.embedded().isPresent()) {
          for (int frame : video.embedded().get().frameNumbers()) {
            slp.image(video, frame);
          }
        }
      }
    } catch (SlpException refused) {
      if (refused.getMessage().contains("Exception")) {
        throw new IllegalStateException("A message that names a class", refused);
      }
    }
  }
}
