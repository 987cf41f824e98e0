package org.peerworks.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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
          summary.labeledFrames(),
          summary.mostUserInstances(),
          summary.suggestions(),
          summary.imagesEmbedded(),
          summary.videos() == summary.embeddedVideos() ? List.of() : videos(file.labels()));
    }
  }

  private static List<Video> videos(org.peerworks.lib.slp.Labels labels) {
    BitSet labeled = new BitSet();
    labels.frames().stream()
        .filter(frame -> !frame.instances().isEmpty())
        .forEach(frame -> labeled.set(frame.video()));
    BitSet suggested = new BitSet();
    labels.suggestions().forEach(suggestion -> suggested.set(suggestion.video()));
    List<Video> videos = new ArrayList<>();
    for (int i = 0; i < labels.videos().size(); i++) {
      if (labels.videos().get(i).embedded().isEmpty()) {
        videos.add(
            new Video(i, labels.videos().get(i).filename(), labeled.get(i), suggested.get(i)));
      }
    }
    return videos;
  }
}
