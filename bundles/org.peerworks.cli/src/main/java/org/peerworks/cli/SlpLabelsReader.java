package org.peerworks.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.peerworks.cli.train.LabelsReader;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpSummary;

/** Reads SLEAP's files. The one class that needs the library, which only a client has. */
final class SlpLabelsReader implements LabelsReader {

  @Override
  public Labels read(Path slp) throws IOException {
    try (SlpFile file = SlpFile.open(slp)) {
      SlpSummary summary = file.summary();
      return new Labels(
          summary.labeledFrames(), summary.mostUserInstances(), summary.imagesEmbedded());
    }
  }
}
