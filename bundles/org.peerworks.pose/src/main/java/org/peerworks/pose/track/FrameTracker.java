package org.peerworks.pose.track;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.PredictedPoint;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.pose.Console;
import org.peerworks.pose.FrameImages;
import org.peerworks.pose.PartOrder;
import org.peerworks.pose.UserError;
import org.peerworks.pose.image.Raster;
import org.peerworks.pose.net.PeakFinder;
import org.peerworks.pose.net.PeakFinder.Peak;
import org.peerworks.pose.track.FrameSelection.Frame;

/** Goes through the frames, a batch at a time. */
record FrameTracker(
    SlpFile file,
    Labels labels,
    PoseModel model,
    PeakFinder finder,
    int skeleton,
    PartOrder order,
    int batch,
    Console console) {

  private static final long PROGRESS_NANOS = 500_000_000;

  List<LabeledFrame> track(List<Frame> frames) throws UserError, IOException {
    List<LabeledFrame> tracked = new ArrayList<>();
    long told = System.nanoTime();
    for (int from = 0; from < frames.size(); from += batch) {
      List<Frame> some = frames.subList(from, Math.min(frames.size(), from + batch));
      List<Raster> images = new ArrayList<>();
      for (Frame frame : some) {
        images.add(FrameImages.load(file, labels.videos().get(frame.video()), frame.frameIndex()));
      }
      List<List<Optional<Peak>>> found = model.find(images, finder);
      for (int i = 0; i < some.size(); i++) {
        tracked.add(frame(some.get(i), found.get(i)));
      }
      if (tracked.size() == frames.size() || System.nanoTime() - told >= PROGRESS_NANOS) {
        told = System.nanoTime();
        console.line("Tracked %d/%d frames", tracked.size(), frames.size());
      }
    }
    return tracked;
  }

  private LabeledFrame frame(Frame frame, List<Optional<Peak>> peaks) {
    List<PredictedPoint> points = new ArrayList<>();
    double sum = 0;
    int count = 0;
    for (Optional<Peak> peak : peaks) {
      if (peak.isPresent()) {
        Peak at = peak.get();
        points.add(new PredictedPoint(new Point(at.x(), at.y(), true, false), at.score()));
        sum += at.score();
        count++;
      } else {
        points.add(PredictedPoint.MISSING);
      }
    }
    if (count == 0) {
      return new LabeledFrame(frame.video(), frame.frameIndex(), List.of(), List.of());
    }
    List<PredictedPoint> inOrder = order.spread(points, PredictedPoint.MISSING);
    PredictedInstance instance = new PredictedInstance(skeleton, -1, inOrder, sum / count, 0);
    return new LabeledFrame(frame.video(), frame.frameIndex(), List.of(), List.of(instance));
  }
}
