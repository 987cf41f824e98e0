package org.peerworks.lib.slp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Takes labelled frames apart into the tables of frames, instances and points. */
final class FrameWriter {

  static final List<String> TABLES = List.of("frames", "instances", "points", "pred_points");

  private static final byte USER = 0;
  private static final byte PREDICTED = 1;

  private final List<LabeledFrame> frames;
  private final ByteBuffer frameRows;
  private final ByteBuffer instanceRows;
  private final ByteBuffer pointRows;
  private final ByteBuffer predictedRows;
  private int instances;
  private int points;
  private int predictedPoints;

  FrameWriter(List<LabeledFrame> frames) {
    this.frames = frames;
    long users = 0;
    long predicted = 0;
    long userPoints = 0;
    long foundPoints = 0;
    for (LabeledFrame frame : frames) {
      users += frame.instances().size();
      predicted += frame.predicted().size();
      userPoints += frame.instances().stream().mapToLong(i -> i.points().size()).sum();
      foundPoints += frame.predicted().stream().mapToLong(i -> i.points().size()).sum();
    }
    frameRows = rows(RowType.FRAME, frames.size());
    instanceRows = rows(RowType.INSTANCE, users + predicted);
    pointRows = rows(RowType.POINT, userPoints);
    predictedRows = rows(RowType.PREDICTED_POINT, foundPoints);
  }

  private static ByteBuffer rows(RowType type, long count) {
    return ByteBuffer.allocate(Math.toIntExact(count * type.size())).order(ByteOrder.LITTLE_ENDIAN);
  }

  void write(Hdf5Output output) {
    for (int id = 0; id < frames.size(); id++) {
      write(frames.get(id), id);
    }
    output.table("frames", RowType.FRAME, frames.size(), frameRows.array());
    output.table("instances", RowType.INSTANCE, instances, instanceRows.array());
    output.table("points", RowType.POINT, points, pointRows.array());
    output.table("pred_points", RowType.PREDICTED_POINT, predictedPoints, predictedRows.array());
  }

  private void write(LabeledFrame frame, int id) {
    int first = instances;
    Map<PredictedInstance, Integer> ids = new IdentityHashMap<>();
    for (PredictedInstance instance : frame.predicted()) {
      ids.put(instance, instances);
      instanceRow(
          PREDICTED, id, instance.skeleton(), instance.track(), -1, (float) instance.score());
      int size = instance.points().size();
      instanceRows.putLong(predictedPoints).putLong(predictedPoints + size);
      instanceRows.putFloat((float) instance.trackingScore());
      predictedPoints += size;
      for (PredictedPoint found : instance.points()) {
        point(predictedRows, found.point());
        predictedRows.putDouble(found.score());
      }
    }
    for (Instance instance : frame.instances()) {
      int from = instance.fromPredicted().map(found -> ids.getOrDefault(found, -1)).orElse(-1);
      instanceRow(USER, id, instance.skeleton(), instance.track(), from, 0);
      int size = instance.points().size();
      instanceRows.putLong(points).putLong(points + size).putFloat(0);
      points += size;
      instance.points().forEach(labelled -> point(pointRows, labelled));
    }
    frameRows.putLong(id).putInt(frame.video()).putLong(frame.frameIndex());
    frameRows.putLong(first).putLong(instances);
  }

  private void instanceRow(byte type, int frame, int skeleton, int track, int from, float score) {
    instanceRows.putLong(instances++).put(type).putLong(frame);
    instanceRows.putInt(skeleton).putInt(track).putLong(from).putFloat(score);
  }

  private static void point(ByteBuffer rows, Point point) {
    rows.putDouble(point.x()).putDouble(point.y());
    rows.put((byte) (point.visible() ? 1 : 0)).put((byte) (point.complete() ? 1 : 0));
  }
}
