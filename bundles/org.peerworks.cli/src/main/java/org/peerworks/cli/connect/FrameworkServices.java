package org.peerworks.cli.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;
import org.peerworks.transport.api.Transport;

/**
 * The services of the framework. A command waits for what it needs, and says what is missing, where
 * a reference would only leave the command out. Services are held until this is closed: a component
 * that nobody holds is deactivated.
 */
public final class FrameworkServices implements Services, AutoCloseable {

  private final BundleContext context;
  private final Map<String, ServiceTracker<?, ?>> trackers = new HashMap<>();

  public FrameworkServices(BundleContext context) {
    this.context = context;
  }

  @Override
  public <T> Optional<T> await(Class<T> type, String filter, Duration atMost)
      throws InterruptedException {
    return Optional.ofNullable(tracker(type, filter).waitForService(Math.max(1, atMost.toMillis())))
        .map(type::cast);
  }

  @Override
  public <T> List<Named<T>> all(Class<T> type, String nameProperty) {
    List<Named<T>> found = new ArrayList<>();
    tracker(type, "")
        .getTracked()
        .forEach(
            (reference, service) -> {
              String name = String.valueOf(reference.getProperty(nameProperty));
              int preference =
                  reference.getProperty(Transport.PREFERENCE) instanceof Integer set ? set : 0;
              found.add(new Named<>(name, preference, type.cast(service)));
            });
    return found;
  }

  private synchronized ServiceTracker<?, ?> tracker(Class<?> type, String filter) {
    String condition = "(&(" + Constants.OBJECTCLASS + "=" + type.getName() + ")" + filter + ")";
    return trackers.computeIfAbsent(condition, this::track);
  }

  private ServiceTracker<?, ?> track(String condition) {
    try {
      ServiceTracker<Object, Object> tracker =
          new ServiceTracker<>(context, FrameworkUtil.createFilter(condition), null);
      tracker.open();
      return tracker;
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("No filter: " + condition, e);
    }
  }

  @Override
  public synchronized void close() {
    trackers.values().forEach(ServiceTracker::close);
    trackers.clear();
  }
}
