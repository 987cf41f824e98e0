package org.peerworks.health.check;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.HealthCheck;

/** Open files, sockets and pipes against the limit. */
final class HandlesCheck implements HealthCheck {

  private static final int FULL_PERCENT = 90;
  private static final int TIGHT_PERCENT = 70;
  private static final long ENOUGH = 4096;
  private static final String MEND =
      "Raise the limit: LimitNOFILE=65536 in the service's unit, or 'ulimit -n 65536' before the"
          + " start.";

  private final SystemFiles system;

  HandlesCheck(SystemFiles system) {
    this.system = system;
  }

  @Override
  public List<Finding> check() throws IOException {
    OptionalLong open = system.open();
    OptionalLong most = system.mostOpen();
    if (open.isEmpty()) {
      return List.of(Finding.note("This system does not tell", ""));
    }
    if (most.isEmpty()) {
      return List.of(Finding.ok(open.getAsLong() + " open, without a limit"));
    }
    return List.of(judge(open.getAsLong(), most.getAsLong()));
  }

  private static Finding judge(long open, long most) {
    String found = "%d of %d open".formatted(open, most);
    if (open * 100 >= most * FULL_PERCENT) {
      return Finding.error(found + "; connections and jobs are about to be refused", MEND);
    }
    if (open * 100 >= most * TIGHT_PERCENT) {
      return Finding.warning(found, MEND);
    }
    return most < ENOUGH
        ? Finding.warning(found + "; that is little for many clients", MEND)
        : Finding.ok(found);
  }
}
