package org.peerworks.lib.slp;

import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;

/**
 * Goes through all that is in a file: the reader keeps what it finds out about groups, attributes
 * and chunks, so that who comes afterwards runs into nothing without an end.
 */
final class Walk {

  private static final int DEEPEST = 16;
  private static final int MOST_OBJECTS = 100_000;

  private final Hdf5Input input;
  private int objects;

  Walk(Hdf5Input input) {
    this.input = input;
  }

  void walk(Group root) {
    walk(root, 0);
  }

  private void walk(Node node, int depth) {
    if (depth > DEEPEST || ++objects > MOST_OBJECTS) {
      throw new DamageException("there are too many objects, or groups within groups");
    }
    Hdf5Input.requireOwn(node);
    node.getAttributes();
    if (node instanceof Group group) {
      for (Node child : group.getChildren().values()) {
        walk(child, depth + 1);
      }
    } else if (node instanceof DatasetBase dataset) {
      input.checked(dataset);
      if (dataset instanceof ChunkedDataset && dataset.getSize() > 0) {
        input.touch(dataset);
      }
    }
  }
}
