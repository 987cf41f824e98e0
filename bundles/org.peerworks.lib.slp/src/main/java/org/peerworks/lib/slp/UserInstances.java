package org.peerworks.lib.slp;

/** Counts the labelled instances of each frame without reading their points. */
final class UserInstances {

  private final Table frames;
  private final Table instances;

  UserInstances(Hdf5Input input) {
    frames = input.table("frames");
    instances = input.table("instances");
  }

  int[] perFrame() {
    int[] before = new int[instances.rows() + 1];
    for (int i = 0; i < instances.rows(); i++) {
      before[i + 1] = before[i] + (instances.integer("instance_type", i) == 0 ? 1 : 0);
    }
    int[] counts = new int[frames.rows()];
    for (int row = 0; row < counts.length; row++) {
      int start = frames.index("instance_id_start", row, before.length);
      int end = frames.index("instance_id_end", row, before.length);
      counts[row] = before[end] - before[start];
    }
    return counts;
  }
}
