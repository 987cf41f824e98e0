package org.peerworks.itests.fuzz;

import java.nio.charset.StandardCharsets;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.Script;

/** Scripts of packages: commands, or refused with their line. */
public final class ScriptTarget {

  private ScriptTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      Script.parse("train-script.sh", new String(input, StandardCharsets.UTF_8));
    } catch (PackageException refused) {
      // As it should be.
    }
  }
}
