package org.peerworks.pose.track;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.PredictedPoint;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.pose.Console;
import org.peerworks.pose.FrameImages;
import org.peerworks.pose.Interruption;
import org.peerworks.pose.PartOrder;
import org.peerworks.pose.ReadAhead;
import org.peerworks.pose.UserError;
import org.peerworks.pose.image.Raster;
import org.peerworks.pose.track.AnimalFinder.Found;
import org.peerworks.pose.track.AnimalFinder.Prepared;
import org.peerworks.pose.track.FrameSelection.Frame;

/** Goes through the frames, a batch at a time; the next images are read meanwhile. */
record FrameTracker(
    SlpFile file,
    Labels labels,
    FrameImages images,
    AnimalFinder finder,
    int skeleton,
    PartOrder order,
    int batch,
    Console console,
    Interruption interruption) {

  private static final long PROGRESS_NANOS = 500_000_000;

  /** What was found in all frames; fewer if it was interrupted. */
  List<LabeledFrame> track(List<Frame> frames) throws UserError, IOException {
    List<List<Frame>> batches = new ArrayList<>();
    for (int from = 0; from < frames.size(); from += batch) {
      batches.add(frames.subList(from, Math.min(frames.size(), from + batch)));
    }
    List<LabeledFrame> tracked = new ArrayList<>();
    long told = System.nanoTime();
    try (ReadAhead<List<Frame>, Prepared> ahead =
        new ReadAhead<>("pose-images", batches, this::prepare)) {
      for (List<Frame> some : batches) {
        if (interruption.requested()) {
          break;
        }
        List<List<Found>> found = finder.find(ahead.next());
        for (int i = 0; i < some.size(); i++) {
          tracked.add(frame(some.get(i), found.get(i)));
        }
        if (tracked.size() == frames.size() || System.nanoTime() - told >= PROGRESS_NANOS) {
          told = System.nanoTime();
          console.line("Tracked %d/%d frames", tracked.size(), frames.size());
        }
      }
    }
    return tracked;
  }

  private Prepared prepare(List<Frame> frames) throws UserError, IOException {
    List<Raster> rasters = new ArrayList<>();
    for (Frame frame : frames) {
      rasters.add(images.load(file, labels.videos().get(frame.video()), frame.frameIndex()));
    }
    return finder.prepare(rasters);
  }

  private LabeledFrame frame(Frame frame, List<Found> animals) {
    List<PredictedInstance> instances = animals.stream().map(this::instance).toList();
    return new LabeledFrame(frame.video(), frame.frameIndex(), List.of(), instances);
  }

  private PredictedInstance instance(Found animal) {
    List<PredictedPoint> points =
        animal.points().stream()
            .map(
                peak ->
                    peak.map(
                            at ->
                                new PredictedPoint(
                                    new Point(at.x(), at.y(), true, false), at.score()))
                        .orElse(PredictedPoint.MISSING))
            .toList();
    List<PredictedPoint> inOrder = order.spread(points, PredictedPoint.MISSING);
    return new PredictedInstance(skeleton, -1, inOrder, animal.score(), 0);
  }
}
