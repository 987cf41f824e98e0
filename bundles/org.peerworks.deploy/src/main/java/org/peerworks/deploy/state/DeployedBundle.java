package org.peerworks.deploy.state;

/**
 * A bundle that was installed at run time.
 *
 * @param name symbolic name
 * @param version as OSGi writes it
 * @param sha256 of the jar, in lower-case hexadecimal digits
 * @param startLevel 1 or more
 * @param started whether it shall run
 * @param feature id of the feature that brought it; empty if it came alone
 * @param source where it came from: a path or URL
 * @param signer who signed it; empty if nobody did, or nobody looked
 */
public record DeployedBundle(
    String name,
    String version,
    String sha256,
    int startLevel,
    boolean started,
    String feature,
    String source,
    String signer) {

  /** Start level of a bundle that says nothing else. */
  public static final int DEFAULT_START_LEVEL = 10;

  /** Name and version for people. */
  public String title() {
    return name + " " + version;
  }
}
