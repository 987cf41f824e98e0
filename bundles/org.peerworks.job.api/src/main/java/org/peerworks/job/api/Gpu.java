package org.peerworks.job.api;

import java.util.Objects;

/**
 * A GPU that jobs may use.
 *
 * @param index of its {@link Slot}
 * @param name of the model, for people; empty if it is not known
 * @param memoryMegabytes all of its memory in MiB; 0 if it is not known
 */
public record Gpu(int index, String name, int memoryMegabytes) {

  public Gpu {
    Objects.requireNonNull(name, "name");
  }
}
