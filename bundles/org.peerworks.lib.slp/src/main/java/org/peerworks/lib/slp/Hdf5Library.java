package org.peerworks.lib.slp;

import hdf.hdf5lib.H5;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The HDF Group's native library.
 *
 * <p>Inside OSGi it is the bundle's native code; elsewhere it is looked for on {@code
 * java.library.path} and, failing that, unpacked from the class path into a temporary directory.
 */
final class Hdf5Library {

  private static final String CORE = System.mapLibraryName("hdf5");
  private static final String BINDING = System.mapLibraryName("hdf5_java");

  /** Where a jar may hold them: this bundle's, and the one that they come from. */
  private static final List<List<String>> RESOURCES =
      List.of(
          List.of("/native/" + CORE, "/native/" + BINDING),
          List.of(
              "/org/bytedeco/hdf5/linux-x86_64/libhdf5.so.310",
              "/org/bytedeco/hdf5/linux-x86_64/libhdf5_java.so"));

  private static boolean loaded;

  private Hdf5Library() {}

  /**
   * Loads the library, once.
   *
   * @throws SlpException if this platform has none
   */
  static synchronized void load() throws SlpException {
    if (loaded) {
      return;
    }
    try {
      if (!loadInstalled()) {
        loadUnpacked();
      }
      H5.H5open();
      loaded = true;
    } catch (IOException | LinkageError e) {
      throw new SlpException(
          "The native HDF5 library for writing .slp files cannot be loaded on %s %s: %s. Linux on x86-64 with zlib (Debian package zlib1g) is needed."
              .formatted(
                  System.getProperty("os.name"), System.getProperty("os.arch"), e.getMessage()),
          e);
    }
  }

  private static boolean loadInstalled() {
    try {
      System.loadLibrary("hdf5");
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static void loadUnpacked() throws IOException {
    Path directory = Files.createTempDirectory("peerworks-hdf5");
    Path core = directory.resolve(CORE);
    Path binding = directory.resolve(BINDING);
    try {
      for (List<String> resources : RESOURCES) {
        if (unpack(resources.get(0), core) && unpack(resources.get(1), binding)) {
          System.load(core.toString());
          System.setProperty(H5.H5PATH_PROPERTY_KEY, binding.toString());
          H5.loadH5Lib();
          return;
        }
      }
      throw new IOException("neither the bundle nor the class path holds '" + CORE + "'");
    } finally {
      // The mappings stay valid; Linux needs the names no more.
      Files.deleteIfExists(core);
      Files.deleteIfExists(binding);
      Files.deleteIfExists(directory);
    }
  }

  private static boolean unpack(String resource, Path target) throws IOException {
    try (InputStream in = Hdf5Library.class.getResourceAsStream(resource)) {
      if (in == null) {
        return false;
      }
      Files.deleteIfExists(target);
      Files.copy(in, target);
      return true;
    }
  }
}
