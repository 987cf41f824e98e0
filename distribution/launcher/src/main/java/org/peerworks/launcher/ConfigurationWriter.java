package org.peerworks.launcher;

import java.io.IOException;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Brings Configuration Admin in line with features, files and command line. Configurations that
 * others made are left alone.
 */
final class ConfigurationWriter {

  /** Marks the configurations that are ours; a leading dot keeps it out of service properties. */
  private static final String MARK = ".peerworks.launcher";

  private final BundleContext context;

  ConfigurationWriter(BundleContext context) {
    this.context = context;
  }

  void write(Map<String, Map<String, Object>> configurations) throws LaunchException {
    ServiceReference<ConfigurationAdmin> reference =
        context.getServiceReference(ConfigurationAdmin.class);
    if (reference == null) {
      throw new LaunchException(
          ExitStatus.INSTALLATION, "The platform feature brings no Configuration Admin service.");
    }
    try {
      ConfigurationAdmin admin = context.getService(reference);
      Set<String> written = new HashSet<>();
      for (Map.Entry<String, Map<String, Object>> entry : configurations.entrySet()) {
        update(admin, entry.getKey(), entry.getValue());
        written.add(entry.getKey());
      }
      deleteOthers(admin, written);
    } catch (IOException e) {
      throw new LaunchException(
          ExitStatus.DATA, "Cannot store the configuration: " + Reasons.of(e) + ".", e);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("The filter is ours and well-formed.", e);
    } finally {
      context.ungetService(reference);
    }
  }

  private void update(ConfigurationAdmin admin, String pid, Map<String, Object> values)
      throws IOException {
    Dictionary<String, Object> properties = new Hashtable<>(values);
    properties.put(MARK, Boolean.TRUE);
    int factory = pid.indexOf('~');
    Configuration configuration =
        factory < 0
            ? admin.getConfiguration(pid, "?")
            : admin.getFactoryConfiguration(
                pid.substring(0, factory), pid.substring(factory + 1), "?");
    configuration.updateIfDifferent(properties);
  }

  private void deleteOthers(ConfigurationAdmin admin, Set<String> written)
      throws IOException, InvalidSyntaxException {
    Configuration[] all = admin.listConfigurations("(" + MARK + "=true)");
    if (all == null) {
      return;
    }
    for (Configuration configuration : all) {
      if (!written.contains(configuration.getPid())) {
        configuration.delete();
      }
    }
  }
}
