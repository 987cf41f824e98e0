package org.peerworks.protocol.sleap.internal.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.peerworks.lib.files.ArchiveLimits;
import org.peerworks.lib.files.Archives;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The script of a tracking package. Without one a worker of the first generation says so, and only
 * that, before it begins anything (§2.3).
 */
final class TrackScript {

  private static final Logger LOG = LoggerFactory.getLogger(TrackScript.class);
  private static final Pattern NAME = Pattern.compile("(\\./)?([^/]+/)?track-script\\.sh");

  private TrackScript() {}

  /** In upstream's words. */
  static Refusal missing() {
    return new Refusal("MISSING_SCRIPT", "No track script found");
  }

  /**
   * Whether a package has a script at its top or in a folder. True also for what cannot be read:
   * what is wrong with that the job says better.
   */
  static boolean mayBeIn(Path zip) {
    try {
      List<String> names = Archives.names(zip, ArchiveLimits.DEFAULT);
      return names.stream().anyMatch(name -> NAME.matcher(name).matches());
    } catch (IOException e) {
      LOG.debug("The package '{}' cannot be looked into", zip.getFileName(), e);
      return true;
    }
  }
}
