package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.internal.NativeLoader;
import dev.onvoid.webrtc.logging.Logging;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Locale;
import org.peerworks.transport.api.TransportException;

/**
 * Loads WebRTC's native library, once for each class loader.
 *
 * <p>It is unpacked into a directory of ours instead of the machine's temporary one, and deleted as
 * soon as it is mapped or has failed to be.
 */
final class NativeLibrary {

  private static final String NAME = "webrtc-java";

  private final Path directory;
  private final String resource;
  private final String marker;
  private TransportException failure;
  private boolean loaded;

  /**
   * @param directory where the library is unpacked; made when it is needed
   * @param scope within which only one version may be loaded
   */
  NativeLibrary(Path directory, String scope) {
    this(directory, scope, resourceName());
  }

  NativeLibrary(Path directory, String scope, String resource) {
    this.directory = directory;
    this.resource = resource;
    this.marker = "peerworks.webrtc.loaded." + scope;
  }

  private static String resourceName() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    return "lib" + NAME + "-" + os + "-" + (arch.equals("amd64") ? "x86_64" : arch) + ".so";
  }

  /**
   * Sees to it that the library is there.
   *
   * @throws TransportException if it cannot be loaded; says what to install
   */
  synchronized void load() {
    if (loaded) {
      return;
    }
    if (failure == null) {
      try {
        loadOnce();
        loaded = true;
        return;
      } catch (TransportException e) {
        failure = e;
      }
    }
    throw new TransportException(failure.getMessage(), failure);
  }

  private void loadOnce() {
    String mine =
        Integer.toHexString(System.identityHashCode(NativeLibrary.class.getClassLoader()));
    // One lock for all class loaders: two copies in one process are what this is to prevent.
    synchronized (System.class) {
      String other = System.getProperty(marker);
      if (other != null && !other.equals(mine)) {
        throw new TransportException(
            "The WebRTC transport was updated while this process ran, and its native library cannot be replaced. Restart to finish the update.");
      }
      if (other == null) {
        unpackAndLoad();
        System.setProperty(marker, mine);
      }
    }
    markLoaded();
    Logging.logToDebug(Logging.Severity.NONE);
  }

  private void unpackAndLoad() {
    Path copy = null;
    try (InputStream content = NativeLibrary.class.getClassLoader().getResourceAsStream(resource)) {
      if (content == null) {
        throw new TransportException(
            "WebRTC has no native library '"
                + resource
                + "' for this machine; it runs on Linux x86-64.");
      }
      Files.createDirectories(directory);
      copy = Files.createTempFile(directory, NAME, ".so");
      Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
      System.load(copy.toAbsolutePath().toString());
    } catch (IOException e) {
      throw new TransportException(
          "WebRTC's native library could not be unpacked to '" + directory + "': " + e, e);
    } catch (UnsatisfiedLinkError e) {
      throw new TransportException(SharedLibraries.explain(e), e);
    } finally {
      delete(copy);
    }
  }

  private static void delete(Path copy) {
    try {
      if (copy != null) {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new TransportException("'" + copy + "' could not be deleted: " + e, e);
    }
  }

  /** Keeps webrtc-java's own loader from mapping a second copy out of the temporary directory. */
  private static void markLoaded() {
    try {
      Field field = NativeLoader.class.getDeclaredField("LOADED_LIB_SET");
      field.setAccessible(true);
      @SuppressWarnings("unchecked")
      Collection<String> names = (Collection<String>) field.get(null);
      names.add(NAME);
    } catch (ReflectiveOperationException e) {
      throw new TransportException("This version of webrtc-java is not the expected one", e);
    }
  }
}
