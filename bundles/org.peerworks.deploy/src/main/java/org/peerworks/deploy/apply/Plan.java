package org.peerworks.deploy.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;

/**
 * What changes in the framework.
 *
 * @param added that are installed, but not started yet
 * @param removed that go
 * @param refreshed that are stopped, wired anew and started again, each with the reason
 */
public record Plan(List<Bundle> added, List<Bundle> removed, Map<Bundle, String> refreshed) {

  /** A line for each bundle: {@code + name version}. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Bundle bundle : added) {
      Bundle old = replaced(bundle);
      lines.add(
          old == null
              ? "added      " + title(bundle)
              : "replaced   " + title(old) + " by " + bundle.getVersion());
    }
    for (Bundle bundle : removed) {
      if (added.stream().noneMatch(a -> a.getSymbolicName().equals(bundle.getSymbolicName()))) {
        lines.add("removed    " + title(bundle));
      }
    }
    refreshed.forEach(
        (bundle, reason) ->
            lines.add(
                (bundle.getState() == Bundle.ACTIVE ? "restarted  " : "refreshed  ")
                    + title(bundle)
                    + ", "
                    + reason));
    return lines;
  }

  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty();
  }

  private Bundle replaced(Bundle bundle) {
    return removed.stream()
        .filter(r -> r.getSymbolicName().equals(bundle.getSymbolicName()))
        .findFirst()
        .orElse(null);
  }

  static String title(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }
}
