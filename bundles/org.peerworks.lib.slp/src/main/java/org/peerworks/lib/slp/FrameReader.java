package org.peerworks.lib.slp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts labelled frames together from the tables of frames, instances and points. */
final class FrameReader {

  private static final int PREDICTED = 1;

  private final Table frames;
  private final Table instances;
  private final Table points;
  private final Table predictedPoints;
  private final List<Skeleton> skeletons;
  private final List<Video> videos;
  private final int tracks;
  private final double shift;
  private long instancesLeft;
  private long pointsLeft;

  /**
   * @param formatId before 1.1 coordinates count from the corner of the top-left pixel
   */
  FrameReader(
      Hdf5Input input, List<Skeleton> skeletons, List<Video> videos, int tracks, double formatId) {
    frames = input.table("frames");
    instances = input.table("instances");
    points = input.table("points");
    predictedPoints = input.table("pred_points");
    this.skeletons = skeletons;
    this.videos = videos;
    this.tracks = tracks;
    shift = formatId < 1.1 ? -0.5 : 0;
  }

  List<LabeledFrame> read() {
    instancesLeft = instances.rows();
    pointsLeft = (long) points.rows() + predictedPoints.rows();
    Map<Long, Integer> videoNumbers = videoNumbers();
    List<LabeledFrame> result = new ArrayList<>(frames.rows());
    for (int row = 0; row < frames.rows(); row++) {
      Integer video = videoNumbers.get(frames.integer("video", row));
      if (video == null) {
        throw new DamageException(
            "frame " + row + " belongs to the unknown video " + frames.integer("video", row));
      }
      result.add(frame(row, video));
    }
    return result;
  }

  /**
   * Frames refer to a video by its position or, in older files, by the number in its group's name.
   */
  private Map<Long, Integer> videoNumbers() {
    Map<Long, Integer> byPosition = new HashMap<>();
    Map<Long, Integer> byGroup = new HashMap<>();
    for (int i = 0; i < videos.size(); i++) {
      byPosition.put((long) i, i);
      OptionalInt number = VideoReader.groupNumber(videos.get(i));
      byGroup.put((long) number.orElse(i), i);
    }
    for (int row = 0; row < frames.rows(); row++) {
      if (!byPosition.containsKey(frames.integer("video", row))) {
        return byGroup;
      }
    }
    return byPosition;
  }

  private LabeledFrame frame(int row, int video) {
    int start = frames.index("instance_id_start", row, instances.rows() + 1);
    int end = frames.index("instance_id_end", row, instances.rows() + 1);
    instancesLeft -= count(start, end, "frame", row);
    if (instancesLeft < 0) {
      throw new DamageException("frames share instances");
    }
    Map<Long, PredictedInstance> predicted = new HashMap<>();
    List<PredictedInstance> found = new ArrayList<>();
    for (int i = start; i < end; i++) {
      if (isPredicted(i)) {
        PredictedInstance instance = predicted(i);
        predicted.put(instances.integer("instance_id", i), instance);
        found.add(instance);
      }
    }
    List<Instance> labelled = new ArrayList<>();
    for (int i = start; i < end; i++) {
      if (!isPredicted(i)) {
        Optional<PredictedInstance> from =
            Optional.ofNullable(predicted.get(instances.integer("from_predicted", i)));
        labelled.add(new Instance(skeleton(i), track(i), userPoints(i), from));
      }
    }
    return new LabeledFrame(
        video, frames.index("frame_idx", row, Integer.MAX_VALUE), labelled, found);
  }

  private static int count(int start, int end, String what, int row) {
    if (end < start) {
      throw new DamageException(what + " " + row + " ends before it starts");
    }
    return end - start;
  }

  private boolean isPredicted(int instance) {
    return instances.integer("instance_type", instance) == PREDICTED;
  }

  private int skeleton(int instance) {
    return instances.index("skeleton", instance, skeletons.size());
  }

  private int track(int instance) {
    long track = instances.integer("track", instance);
    return track < 0 ? -1 : instances.index("track", instance, tracks);
  }

  private PredictedInstance predicted(int instance) {
    int start = firstPoint(instance, predictedPoints);
    int size = skeletons.get(skeleton(instance)).nodes().size();
    List<PredictedPoint> list = new ArrayList<>(size);
    for (int i = start; i < start + size; i++) {
      list.add(new PredictedPoint(point(predictedPoints, i), predictedPoints.real("score", i)));
    }
    double tracking =
        instances.has("tracking_score") ? instances.real("tracking_score", instance) : 0;
    return new PredictedInstance(
        skeleton(instance), track(instance), list, instances.real("score", instance), tracking);
  }

  private List<Point> userPoints(int instance) {
    int start = firstPoint(instance, points);
    int size = skeletons.get(skeleton(instance)).nodes().size();
    List<Point> list = new ArrayList<>(size);
    for (int i = start; i < start + size; i++) {
      list.add(point(points, i));
    }
    return list;
  }

  private int firstPoint(int instance, Table table) {
    int start = instances.index("point_id_start", instance, table.rows() + 1);
    int end = instances.index("point_id_end", instance, table.rows() + 1);
    int size = count(start, end, "instance", instance);
    int wanted = skeletons.get(skeleton(instance)).nodes().size();
    if (size != wanted) {
      throw new DamageException(
          "instance %d has %d points, but its skeleton has %d nodes"
              .formatted(instance, size, wanted));
    }
    pointsLeft -= size;
    if (pointsLeft < 0) {
      throw new DamageException("instances share points");
    }
    return start;
  }

  private Point point(Table table, int row) {
    double x = table.real("x", row) + shift;
    double y = table.real("y", row) + shift;
    return new Point(x, y, table.truth("visible", row), table.truth("complete", row));
  }
}
