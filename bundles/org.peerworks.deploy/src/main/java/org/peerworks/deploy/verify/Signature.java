package org.peerworks.deploy.verify;

/**
 * What is known of who signed a jar.
 *
 * @param signer a name; empty if nobody signed it
 * @param problem why it is not trusted, as what follows the jar's name in a sentence; empty if it
 *     is
 */
record Signature(String signer, String problem) {

  static final Signature NOT_LOOKED_AT = new Signature("", "");

  boolean trusted() {
    return problem.isEmpty();
  }
}
