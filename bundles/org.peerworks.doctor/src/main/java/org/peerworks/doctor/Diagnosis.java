package org.peerworks.doctor;

import java.util.List;

/**
 * All that one check found.
 *
 * @param check its name
 */
public record Diagnosis(String check, List<Finding> findings) {

  public Diagnosis {
    findings = List.copyOf(findings);
  }
}
