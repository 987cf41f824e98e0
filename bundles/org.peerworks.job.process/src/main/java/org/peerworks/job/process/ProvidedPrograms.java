package org.peerworks.job.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.framework.ServiceReference;
import org.peerworks.job.api.ProgramProvider;

/**
 * The programs that bundles bring along; of several of one name, the service that ranks highest.
 */
final class ProvidedPrograms {

  private final ConcurrentSkipListMap<ServiceReference<ProgramProvider>, ProgramProvider>
      providers = new ConcurrentSkipListMap<>(Comparator.reverseOrder());

  void add(ServiceReference<ProgramProvider> reference, ProgramProvider provider) {
    providers.put(reference, provider);
  }

  void remove(ServiceReference<ProgramProvider> reference) {
    providers.remove(reference);
  }

  /**
   * Asks the provider, which may unpack files.
   *
   * @return empty if there is none of that name
   */
  Optional<Command> find(String name) throws IOException {
    Optional<Map.Entry<ServiceReference<ProgramProvider>, ProgramProvider>> entry = provider(name);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    String bundle = bundle(entry.get().getKey());
    List<String> words;
    try {
      words = entry.get().getValue().command();
    } catch (RuntimeException e) {
      throw new IOException("Bundle '" + bundle + "' cannot provide program '" + name + "'.", e);
    }
    if (words == null
        || words.isEmpty()
        || !words.get(0).startsWith("/")
        || !AllowedPrograms.isExecutable(Path.of(words.get(0)))) {
      throw new IOException(
          "Bundle '"
              + bundle
              + "' provides program '"
              + name
              + "' as '"
              + words
              + "', which does not start with an absolute path of an executable file.");
    }
    return Optional.of(new Command(words, "bundle " + bundle));
  }

  /** The same for people; asks no provider. */
  Optional<String> describe(String name) {
    return provider(name).map(entry -> "built in (bundle " + bundle(entry.getKey()) + ")");
  }

  private Optional<Map.Entry<ServiceReference<ProgramProvider>, ProgramProvider>> provider(
      String name) {
    return providers.entrySet().stream()
        .filter(entry -> name.equals(entry.getKey().getProperty(ProgramProvider.NAME)))
        .findFirst();
  }

  private static String bundle(ServiceReference<?> reference) {
    return reference.getBundle() == null ? "?" : reference.getBundle().getSymbolicName();
  }
}
