package org.peerworks.deploy.apply;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;

/**
 * Hides the services of bundles from all others, as long as it is open: they can be started and
 * stopped without anybody taking them for real.
 */
final class Quarantine implements AutoCloseable {

  private final Set<Bundle> bundles;
  private final Bundle visitor;
  private final ServiceRegistration<?> registration;

  /**
   * @param visitor may see the services all the same
   */
  Quarantine(BundleContext context, Set<Bundle> bundles, Bundle visitor) {
    this.bundles = bundles;
    this.visitor = visitor;
    Hooks hooks = new Hooks();
    registration =
        context.registerService(
            new String[] {FindHook.class.getName(), EventListenerHook.class.getName()},
            hooks,
            null);
  }

  private boolean isHidden(ServiceReference<?> reference, BundleContext from) {
    return bundles.contains(reference.getBundle()) && !maySee(from.getBundle());
  }

  private boolean maySee(Bundle bundle) {
    return bundles.contains(bundle) || bundle.equals(visitor) || bundle.getBundleId() == 0;
  }

  @Override
  public void close() {
    registration.unregister();
  }

  private final class Hooks implements FindHook, EventListenerHook {

    @Override
    public void find(
        BundleContext context,
        String name,
        String filter,
        boolean all,
        Collection<ServiceReference<?>> references) {
      references.removeIf(reference -> isHidden(reference, context));
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
      if (bundles.contains(event.getServiceReference().getBundle())) {
        listeners.keySet().removeIf(context -> !maySee(context.getBundle()));
      }
    }
  }
}
