package org.peerworks.worker;

import java.util.List;
import org.peerworks.job.api.Gpu;
import org.peerworks.job.api.Slots;

/** Slots as a job engine would count them. */
record TestSlots(int cpus, List<Gpu> gpus) implements Slots {

  @Override
  public int count(String kind) {
    return kind.equals("gpu") ? gpus.size() : cpus;
  }
}
