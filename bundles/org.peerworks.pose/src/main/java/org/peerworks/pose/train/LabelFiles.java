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
import org.peerworks.pose.FrameImages;
import org.peerworks.pose.PartOrder;
import org.peerworks.pose.UserError;

/**
 * Reads labelled frames with one animal each out of .slp files, which stay open for their images.
 */
final class LabelFiles implements AutoCloseable {

  private final List<SlpFile> open = new ArrayList<>();
  private final boolean userInstancesOnly;
  private List<String> parts;

  /**
   * @param parts names in the order of the model; empty for those of the first file's skeleton
   */
  LabelFiles(List<String> parts, boolean userInstancesOnly) {
    this.parts = parts;
    this.userInstancesOnly = userInstancesOnly;
  }

  /** The names of the parts in the order of each sample's points. */
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
      for (LabeledFrame frame : labels.frames()) {
        read(path, file, labels, frame, samples);
      }
    }
    return samples;
  }

  private void read(
      String path, SlpFile file, Labels labels, LabeledFrame frame, List<Sample> samples)
      throws UserError {
    List<Animal> animals = animals(frame);
    if (animals.isEmpty()) {
      return;
    }
    if (animals.size() > 1) {
      throw UserError.data(
          "Frame %d in '%s' has %d animals, but a 'single_instance' model learns one. Train a 'centroid' and a 'centered_instance' model with sleap-nn, or keep one animal per frame.",
          frame.frameIndex(), path, animals.size());
    }
    Video video = labels.videos().get(frame.video());
    FrameImages.requireEmbedded(video);
    Animal animal = animals.get(0);
    PartOrder order = PartOrder.of(parts, labels.skeletons().get(animal.skeleton()), path);
    samples.add(new Sample(file, video, frame.frameIndex(), order.pick(animal.points())));
  }

  private record Animal(int skeleton, List<Point> points) {}

  private List<Animal> animals(LabeledFrame frame) {
    List<Animal> animals = new ArrayList<>();
    for (Instance instance : frame.instances()) {
      animals.add(new Animal(instance.skeleton(), instance.points()));
    }
    if (animals.isEmpty() && !userInstancesOnly) {
      for (PredictedInstance instance : frame.predicted()) {
        animals.add(
            new Animal(
                instance.skeleton(),
                instance.points().stream().map(PredictedPoint::point).toList()));
      }
    }
    animals.removeIf(animal -> animal.points().stream().noneMatch(Point::present));
    return animals;
  }

  @Override
  public void close() {
    open.forEach(SlpFile::close);
  }
}
