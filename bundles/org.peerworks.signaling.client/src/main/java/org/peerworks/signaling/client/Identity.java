package org.peerworks.signaling.client;

/**
 * A signed-in name and its proof.
 *
 * @param idToken a secret
 */
record Identity(String username, String idToken) {

  /** As {@code Room.credential()} gives it. */
  String toCredential() {
    return username + ":" + idToken;
  }

  /**
   * @throws IllegalArgumentException if it is none; the message does not repeat it
   */
  static Identity ofCredential(String credential) {
    int colon = credential.indexOf(':');
    if (colon < 1 || colon == credential.length() - 1) {
      throw new IllegalArgumentException(
          "The stored credential is damaged. Remove it to sign in as somebody new.");
    }
    return new Identity(credential.substring(0, colon), credential.substring(colon + 1));
  }

  /** Without the proof. */
  @Override
  public String toString() {
    return "Identity[username=" + username + "]";
  }
}
