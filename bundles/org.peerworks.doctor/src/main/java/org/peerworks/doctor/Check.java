package org.peerworks.doctor;

import java.time.Duration;
import java.util.List;

/** Looks at one part of a machine. Runs beside the others, on a thread of its own. */
public interface Check {

  /** One or two words. */
  String name();

  /** Longest time that it may take; it is interrupted then. */
  Duration deadline();

  /**
   * @return one finding or more
   * @throws Exception what goes wrong is a finding too, though one that knows no remedy
   */
  List<Finding> run() throws Exception;
}
