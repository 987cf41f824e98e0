package org.peerworks.deploy.verify;

import java.nio.file.Path;
import org.osgi.framework.Version;

/**
 * A bundle that was looked at and may be installed.
 *
 * @param file where it lies now
 * @param sha256 of it, in lower-case hexadecimal digits
 * @param name symbolic name
 * @param restart whether it takes effect only at a start of the worker
 * @param signer who signed it; empty if nobody did, or nobody looked
 * @param warning what an administrator should know; empty if nothing
 */
public record BundleFile(
    Path file,
    String sha256,
    String name,
    Version version,
    boolean restart,
    String signer,
    String warning) {

  /** Manifest header of bundles that cannot be swapped while the worker runs. */
  public static final String UPDATE_HEADER = "Peerworks-Update";

  /** Its only value. */
  public static final String UPDATE_AT_RESTART = "restart";

  /** Name and version for people. */
  public String title() {
    return name + " " + version;
  }
}
