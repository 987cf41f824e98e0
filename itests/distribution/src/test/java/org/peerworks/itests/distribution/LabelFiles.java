package org.peerworks.itests.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peerworks.lib.slp.Instance;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Node;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.Skeleton;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.lib.slp.Suggestion;
import org.peerworks.lib.slp.Video;

/** Labels as SLEAP saves them. */
final class LabelFiles {

  private LabelFiles() {}

  /** Writes labels of a frame with two animals, and beside them what stands for the video. */
  static Path ofTwoAnimals(Path slp) throws IOException {
    Files.writeString(slp.resolveSibling("arena.mp4"), "frames");
    Instance one = new Instance(0, List.of(new Point(1, 2, true, true)));
    Instance other = new Instance(0, List.of(new Point(30, 40, true, true)));
    SlpWriter.write(
        slp,
        new Labels(
            List.of(new Skeleton("fly", List.of(new Node("nose", 1)), List.of(), List.of())),
            List.of(new Video("/media/lab/arena.mp4", Optional.empty())),
            List.of(),
            List.of(new LabeledFrame(0, 1, List.of(one, other), List.of())),
            List.of(new Suggestion(0, 2, 0))),
        (video, frame) -> new byte[0]);
    return slp;
  }
}
