package org.peerworks.protocol.sleap.internal.worker;

import java.util.List;
import org.peerworks.protocol.sleap.internal.wire.JobReply;

/** A structured job that is not taken, with all that is wrong with it. */
final class SpecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<JobReply.Problem> problems;

  SpecException(List<JobReply.Problem> problems) {
    super(problems.toString());
    this.problems = List.copyOf(problems);
  }

  List<JobReply.Problem> problems() {
    return problems;
  }
}
