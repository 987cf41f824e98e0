package org.peerworks.signaling.server;

import java.util.List;

/**
 * Who a peer is, and what has proven it.
 *
 * @param subject owns the peer's id: a signed-in name, an account's id, or a worker token's public
 *     part
 * @param means public part of the key or token that let it in; empty for a sign-in or a login
 * @param workerName as its token says; empty if it says nothing
 * @param secrets what it was proven with, which it must not tell
 */
record Entitled(String subject, String means, String workerName, List<String> secrets) {

  Entitled {
    secrets = List.copyOf(secrets);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Entitled[subject=" + subject + ", means=" + means + "]";
  }
}
