package org.peerworks.cli.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The services of the framework. A command waits for what it needs, and says what is missing, where
 * a reference would only leave the command out.
 */
public final class FrameworkServices implements Services {

  private final BundleContext context;

  public FrameworkServices(BundleContext context) {
    this.context = context;
  }

  @Override
  public <T> Optional<T> await(Class<T> type, String filter, Duration atMost)
      throws InterruptedException {
    ServiceTracker<T, T> tracker = tracker(type, filter);
    tracker.open();
    try {
      return Optional.ofNullable(tracker.waitForService(Math.max(1, atMost.toMillis())));
    } finally {
      tracker.close();
    }
  }

  @Override
  public <T> List<Named<T>> all(Class<T> type, String nameProperty) {
    ServiceTracker<T, T> tracker = tracker(type, "");
    tracker.open();
    try {
      ServiceReference<T>[] references = tracker.getServiceReferences();
      List<Named<T>> found = new ArrayList<>();
      if (references != null) {
        Arrays.sort(references, (a, b) -> b.compareTo(a));
        for (ServiceReference<T> reference : references) {
          T service = tracker.getService(reference);
          if (service != null) {
            found.add(new Named<>(String.valueOf(reference.getProperty(nameProperty)), service));
          }
        }
      }
      return found;
    } finally {
      tracker.close();
    }
  }

  private <T> ServiceTracker<T, T> tracker(Class<T> type, String filter) {
    String ofType = "(" + Constants.OBJECTCLASS + "=" + type.getName() + ")";
    try {
      return new ServiceTracker<>(
          context, FrameworkUtil.createFilter("(&" + ofType + filter + ")"), null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("No filter: " + filter, e);
    }
  }
}
