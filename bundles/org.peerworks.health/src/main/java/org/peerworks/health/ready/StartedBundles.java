package org.peerworks.health.ready;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** Whether all bundles run that are meant to. */
final class StartedBundles {

  private static final int NAMED = 3;

  private final BundleContext context;

  StartedBundles(BundleContext context) {
    this.context = context;
  }

  /** Which are missing, for people; empty if none is. */
  String missing() {
    int level =
        context
            .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
            .adapt(FrameworkStartLevel.class)
            .getStartLevel();
    List<String> missing = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if (isWanted(bundle, level)) {
        missing.add(bundle.getSymbolicName());
      }
    }
    if (missing.isEmpty()) {
      return "";
    }
    String more = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "";
    return "bundles that have not started: "
        + String.join(", ", missing.subList(0, Math.min(NAMED, missing.size())))
        + more;
  }

  private static boolean isWanted(Bundle bundle, int level) {
    if (bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.UNINSTALLED) {
      return false;
    }
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (revision == null || (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0) {
      return false;
    }
    BundleStartLevel start = bundle.adapt(BundleStartLevel.class);
    if (!start.isPersistentlyStarted() || start.getStartLevel() > level) {
      return false;
    }
    // Waits for the first use of one of its classes, as it is meant to.
    return !(bundle.getState() == Bundle.STARTING && start.isActivationPolicyUsed());
  }
}
