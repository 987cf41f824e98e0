package org.peerworks.pose.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.lib.slp.Instance;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.PredictedInstance;
import org.peerworks.lib.slp.PredictedPoint;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.Video;
import org.peerworks.pose.PartOrder;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.HeadConfig;

/** Reads labelled frames out of .slp files, which stay open for their images. */
final class LabelFiles implements AutoCloseable {

  private final List<SlpFile> open = new ArrayList<>();
  private final HeadConfig head;
  private final boolean userInstancesOnly;
  private List<String> parts;

  /**
   * @param head says what is learned from a frame; if it names no parts, they are those of the
   *     first file's skeleton
   */
  LabelFiles(HeadConfig head, boolean userInstancesOnly) {
    this.head = head;
    this.userInstancesOnly = userInstancesOnly;
    parts = head.partNames();
  }

  /** The names of the parts in the order of each animal's points. */
  List<String> parts() {
    return parts;
  }

  List<Sample> read(List<String> paths) throws UserError, IOException {
    List<Sample> samples = new ArrayList<>();
    for (String path : paths) {
      SlpFile file = SlpFile.open(Path.of(path));
      open.add(file);
      Labels labels = file.labels();
      if (parts.isEmpty() && !labels.skeletons().isEmpty()) {
        parts = labels.skeletons().get(0).nodeNames();
      }
      Lessons lessons = Lessons.of(head, parts);
      for (LabeledFrame frame : labels.frames()) {
        List<List<Point>> animals = animals(frame, labels, path);
        if (!animals.isEmpty()) {
          Video video = labels.videos().get(frame.video());
          samples.addAll(lessons.of(new Sample.Frame(file, video, frame.frameIndex()), animals));
        }
      }
    }
    return samples;
  }

  private List<List<Point>> animals(LabeledFrame frame, Labels labels, String path)
      throws UserError {
    List<List<Point>> animals = new ArrayList<>();
    for (Instance instance : frame.instances()) {
      animals.add(order(instance.skeleton(), labels, path).pick(instance.points()));
    }
    if (animals.isEmpty() && !userInstancesOnly) {
      for (PredictedInstance instance : frame.predicted()) {
        List<Point> points = instance.points().stream().map(PredictedPoint::point).toList();
        animals.add(order(instance.skeleton(), labels, path).pick(points));
      }
    }
    animals.removeIf(animal -> animal.stream().noneMatch(Anchor::isSeen));
    return animals;
  }

  private PartOrder order(int skeleton, Labels labels, String path) throws UserError {
    return PartOrder.of(parts, labels.skeletons().get(skeleton), path);
  }

  @Override
  public void close() {
    open.forEach(SlpFile::close);
  }
}
